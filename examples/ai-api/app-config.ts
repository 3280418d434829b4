/**
 * The application's configuration, as `npx ai-api-access app-config` writes it from the outputs of the stack: environment
 * variables, or a JSON file. This file needs nothing but zod and can be taken into any application.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** A text that passes a test. One message for all that can be wrong with it says what is wanted. */
const text = (test: (value: string) => boolean, wants: string) =>
  z.string({ error: wants }).refine(test, { error: wants });

const word = (example: string) =>
  text((value) => /^\S+$/.test(value), `text without blanks, such as ${example}`);

/** The slash at the end counts: it is part of Auth0's `iss` and not of Okta's. */
const url = (end: "a slash" | "no slash", example: string) =>
  text(
    (value) => isSafeUrl(value) && value.endsWith("/") === (end === "a slash"),
    `an https URL with ${end} at its end, such as ${example} (http on this machine only)`,
  );

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value) || /[\s?#]/.test(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK_HOSTS.includes(hostname));
}

const WANTS_ID = "an organization's id, such as org_6WDCFcNyprPeMcHi";
const WANTS_NAME = "text without blanks, such as my-awesome-company";
const organizationId = text((id) => /^org_\w+$/.test(id), WANTS_ID);

const auth0Schema = z.object({
  /** `iss` of the tokens of people. */
  issuer: url("a slash", "https://acme.us.auth0.com/"),
  /** `aud` of the tokens of people. */
  audience: word("https://ai.example.com"),
  /** Of a stack with one organization. */
  organizationId: organizationId.exactOptional(),
  organizationName: word("my-awesome-company").exactOptional(),
  /** Of a stack with many: their ids by name. */
  organizations: z
    .record(
      text((name) => /^[a-z0-9_-]+$/.test(name), "an organization's name"),
      organizationId,
      {
        error: "an object of ids by the organizations' names",
      },
    )
    .readonly()
    .exactOptional(),
  /** Where the organization logs in, without a scheme. */
  organizationDomain: text((value) => /^[^\s/]+$/.test(value), "a host name, such as acme.us.auth0.com"),
  /** The application through which people log in; absent when the stack declares none. */
  clientId: word("uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ").exactOptional(),
  /** Whether each token is bound to a key (DPoP); absent where Auth0 also gives others. */
  proofOfPossession: z.literal("required", { error: "required, or nothing" }).exactOptional(),
});

const oktaSchema = z.object({
  /** `iss` of the tokens of machines. */
  issuer: url("no slash", "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9"),
  tokenEndpoint: url("no slash", "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token"),
  /** `aud` of the tokens of machines. */
  audience: word("https://ai.example.com"),
  /** `cid` of the tokens of machines. */
  clientId: word("0oa1a2b3c4d5e6f7g8h9"),
  /** For an application that asks for tokens. One that only checks them has no use for it. */
  clientSecret: word("what Okta shows as the client secret").exactOptional(),
  scopes: z
    .array(word("ai:read"), { error: "a list of scopes, such as ai:read" })
    .min(1, { error: "at least one scope, such as ai:read" })
    .readonly(),
});

type OneOrMany = Partial<Record<"organizationId" | "organizationName" | "organizations", unknown>>;

/** What is wrong besides each value: it is the only organization with id and name, or all of them by name. */
function oneOrMany(given: OneOrMany): (readonly [keyof OneOrMany, string])[] {
  if (given.organizations === undefined) {
    return [
      ...(given.organizationId === undefined ? [["organizationId", WANTS_ID] as const] : []),
      ...(given.organizationName === undefined ? [["organizationName", WANTS_NAME] as const] : []),
    ];
  }
  const both = given.organizationId !== undefined || given.organizationName !== undefined;
  return both ? [["organizations", "nothing beside organizationId and organizationName"]] : [];
}

const appConfigSchema = z.object(
  {
    auth0: z
      .object(auth0Schema.shape, { error: "an object with issuer, audience, organizationId and more" })
      .superRefine(
        (given, { issues }) => {
          // What is no object has been said already.
          if (!z.record(z.string(), z.unknown()).safeParse(given).success) return;
          for (const [name, message] of oneOrMany(given)) {
            issues.push({ code: "custom", path: [name], message, input: given[name] });
          }
        },
        // Together with whatever else is wrong.
        { when: () => true },
      ),
    /** Absent when the stack has no service app. */
    okta: z
      .object(oktaSchema.shape, { error: "an object with issuer, audience, clientId and more" })
      .exactOptional(),
  },
  { error: "an object with auth0 and okta" },
);

/** What an application reads to let the right callers in, and what a caller needs to get a token. */
export type AppConfig = z.infer<typeof appConfigSchema>;

/**
 * The environment variable of each value. They have a prefix of their own because the Auth0 and Okta plugins of Pulumi
 * read `AUTH0_CLIENT_ID` and others like it.
 */
export const VARIABLES = {
  auth0: {
    issuer: "AI_API_AUTH0_ISSUER",
    audience: "AI_API_AUTH0_AUDIENCE",
    organizationId: "AI_API_AUTH0_ORGANIZATION_ID",
    organizationName: "AI_API_AUTH0_ORGANIZATION_NAME",
    /** `NAME:ID`, separated by blanks. */
    organizations: "AI_API_AUTH0_ORGANIZATIONS",
    organizationDomain: "AI_API_AUTH0_ORGANIZATION_DOMAIN",
    clientId: "AI_API_AUTH0_CLIENT_ID",
    proofOfPossession: "AI_API_AUTH0_PROOF_OF_POSSESSION",
  },
  okta: {
    issuer: "AI_API_OKTA_ISSUER",
    tokenEndpoint: "AI_API_OKTA_TOKEN_ENDPOINT",
    audience: "AI_API_OKTA_AUDIENCE",
    clientId: "AI_API_OKTA_CLIENT_ID",
    clientSecret: "AI_API_OKTA_CLIENT_SECRET",
    /** Separated by blanks, as OAuth writes them. */
    scopes: "AI_API_OKTA_SCOPES",
  },
} as const satisfies { [Part in keyof AppConfig]-?: Record<keyof Required<AppConfig>[Part], string> };

/** Names the JSON file to read in place of the variables. */
const FILE_VARIABLE = "AI_API_CONFIG_FILE";

export interface Source {
  /** The JSON file; without it, what `AI_API_CONFIG_FILE` names. */
  readonly file?: string;
  /** By default the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Everything that is wrong with the configuration, for the person who starts the application. */
export class AppConfigError extends Error {
  constructor(where: string, mistakes: readonly string[]) {
    super(
      [
        `The app configuration cannot be used (${where}):`,
        ...mistakes.map((mistake) => `  ${mistake}`),
        "Write it from the outputs of the stack: npx ai-api-access app-config --stack STACK --format env|json --out FILE",
      ].join("\n"),
    );
    this.name = "AppConfigError";
  }
}

/**
 * Reads the application's configuration from the environment or from a JSON file.
 *
 * @throws AppConfigError with every mistake at once
 */
export function loadAppConfig({ file, environment = process.env }: Source = {}): AppConfig {
  const path = file ?? environment[FILE_VARIABLE];
  if (path === undefined || path === "")
    return parsed(fromEnvironment(environment), "environment", variableOf);
  return parsed(fromFile(path), path, (names) => names.join(".") || "the file");
}

function parsed(raw: unknown, where: string, nameOf: (path: readonly string[]) => string): AppConfig {
  const result = appConfigSchema.safeParse(raw, { reportInput: true });
  if (result.success) return result.data;
  throw new AppConfigError(
    where,
    result.error.issues.map(({ path, input, message }) => {
      const names = path.map(String);
      return `${nameOf(names)}: got ${shown(names, input)}; wants ${message}`;
    }),
  );
}

function shown(path: readonly string[], value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  // A secret, or something that may have one in it.
  if (path.length < 2 || path[1] === "clientSecret") return "something else";
  return JSON.stringify(value);
}

function fromFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppConfigError(file, [`It cannot be read: ${why}`]);
  }
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says may quote the file, and a secret with it.
    throw new AppConfigError(file, ["It is not JSON."]);
  }
}

/** The shape of the JSON file, from the variables; an empty one counts as absent. */
function fromEnvironment(
  environment: NonNullable<Source["environment"]>,
): Record<string, Record<string, unknown>> {
  const valuesOf = (variables: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(variables).flatMap(([name, variable]): [string, unknown][] => {
        const value = environment[variable]?.trim() ?? "";
        if (value === "") return [];
        return [[name, READ[name]?.(value) ?? value]];
      }),
    );
  const okta = valuesOf(VARIABLES.okta);
  return { auth0: valuesOf(VARIABLES.auth0), ...(Object.keys(okta).length > 0 && { okta }) };
}

/** Values that are no text. */
const READ: Readonly<Record<string, (value: string) => unknown>> = {
  scopes: (value) => value.split(/\s+/),
  organizations: (value) =>
    Object.fromEntries(
      value.split(/\s+/).map((word) => {
        const [name = "", ...id] = word.split(":");
        return [name, id.join(":")];
      }),
    ),
};

function variableOf([part, name]: readonly string[]): string {
  const variables: Readonly<Record<string, string>> = part === "auth0" ? VARIABLES.auth0 : VARIABLES.okta;
  return variables[name ?? ""] ?? String(name);
}
