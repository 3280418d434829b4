/** From the outputs of a stack to what is written: checked as a whole, the secret held back unless it was asked for. */
import { z } from "zod";
import { appConfigSchema, MASK, type AppConfigValues } from "./contract.ts";
import { refusal } from "./refusal.ts";
import type { Outputs } from "./sources.ts";

export interface Content extends Pick<Outputs, "stack" | "secretCommand"> {
  readonly config: AppConfigValues;
  /** Whether there is a client secret that was not asked for. */
  readonly leftOut: boolean;
}

/** One value, under the names that the formats know it by. */
export interface Entry {
  /** Where it stands in the JSON file: `okta.clientSecret`. */
  readonly path: string;
  /** Has a prefix because the Auth0 and Okta plugins of Pulumi read `AUTH0_CLIENT_ID` and others like it. */
  readonly variable: string;
  readonly secret: boolean;
  /** In one line; lists as OAuth writes them, separated by blanks; organizations as `NAME:ID`. */
  readonly value: string;
}

/** Takes whatever stands for the secret, which is not passed on. */
const withheld = z.unknown().transform(() => MASK);
const withheldSchema = appConfigSchema.extend({
  okta: appConfigSchema.shape.okta
    .unwrap()
    .extend({ clientSecret: withheld.exactOptional() })
    .exactOptional(),
});

/**
 * @throws UserError with everything that is wrong with the outputs
 */
export function contentOf({ values, next, ...about }: Outputs, showSecrets: boolean): Content {
  const schema = z.object({ appConfig: showSecrets ? appConfigSchema : withheldSchema });
  const { data, error } = schema.safeParse(values, { reportInput: true });
  if (data === undefined) throw refusal(mistakesOf(error.issues, about.stack).join("\n"), next);
  const { appConfig: config } = data;
  const leftOut = !showSecrets && config.okta?.clientSecret !== undefined;
  return { ...about, config: showSecrets ? config : withoutSecret(config), leftOut };
}

export function withoutSecret({ auth0, okta }: AppConfigValues): AppConfigValues {
  if (okta === undefined) return { auth0 };
  const rest = { ...okta };
  delete rest.clientSecret;
  return { auth0, okta: rest };
}

/** The values that a configuration has, in the order of its schema. */
export function entriesOf(config: AppConfigValues): Entry[] {
  return Object.entries(config).flatMap(([part, values]) =>
    Object.entries<Value>(values).map(([name, value]) => ({
      path: `${part}.${name}`,
      variable: `AI_API_${part}_${name.replace(/[A-Z]/g, "_$&")}`.toUpperCase(),
      secret: name === "clientSecret",
      value: inOneLine(value),
    })),
  );
}

type Value = string | readonly string[] | Readonly<Record<string, string>>;

function inOneLine(value: Value): string {
  if (typeof value === "string") return value;
  const words: readonly string[] = Array.isArray(value)
    ? value
    : Object.entries(value).map(([name, id]) => `${name}:${id}`);
  return words.join(" ");
}

/** Says of the secret that it is not there, and where it is. */
export function leftOutLines(name: string, { leftOut, secretCommand }: Content): string[] {
  return [
    ...(leftOut ? [`${name} is a secret and was left out; --show-secrets writes it too.`] : []),
    ...(leftOut && secretCommand !== undefined ? [`It is what this prints: ${secretCommand}`] : []),
  ];
}

function mistakesOf(issues: readonly z.core.$ZodIssue[], stack: string | undefined): string[] {
  const outputs = stack === undefined ? "The outputs" : `The outputs of stack ${stack}`;
  return issues.some(({ path, input }) => path.length === 0 || (path.length === 1 && input === undefined))
    ? [`${outputs} have no appConfig: nothing is up, or it is another project's stack.`]
    : [`${outputs} cannot be used:`, ...issues.map(issueLine)];
}

function issueLine({ path, input, message }: z.core.$ZodIssue): string {
  const found =
    input === MASK
      ? "a secret without its value; add --show-secrets where the outputs are read"
      : `${shown(path, input)}; wants ${message}`;
  return `  ${path.join(".")}: got ${found}`;
}

function shown(path: readonly PropertyKey[], value: unknown): string {
  if (value === undefined) return "nothing";
  // A secret, or something that may have one in it.
  return path.length < 3 || path.includes("clientSecret") ? "something else" : JSON.stringify(value);
}
