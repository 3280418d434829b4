/** From the outputs of a stack to what is written: checked whole, secrets held back unless they were asked for. */
import { z } from "zod";
import { appConfigSchema, MASK } from "./contract.ts";
import { entriesOf, NAMES } from "./entries.ts";
import type { Content, LeftOut } from "./formats/index.ts";
import { Mistake } from "./mistake.ts";
import type { Outputs } from "./sources/source.ts";

const outputsSchema = z.looseObject({ appConfig: z.unknown() });
const objectSchema = z.record(z.string(), z.unknown());
const SECRETS: ReadonlySet<string> = new Set(NAMES.filter(({ secret }) => secret).map(({ path }) => path));

/**
 * @throws Mistake with everything that is wrong with the outputs
 */
export function contentOf({ values, stamp, secretCommand, next }: Outputs, showSecrets: boolean): Content {
  const of = stamp.stack === undefined ? "The outputs" : `The outputs of stack ${stamp.stack}`;
  const outputs = outputsSchema.safeParse(values);
  if (!outputs.success || outputs.data.appConfig === undefined) {
    throw new Mistake(
      `${of} have no appConfig: nothing is up, or it is another project's stack.`,
      `  next: ${next}`,
    );
  }
  const { shown, masked } = withoutMasks(outputs.data.appConfig);
  const config = appConfigSchema.safeParse(shown, { reportInput: true });
  const mistakes = [
    ...masked.filter((path) => showSecrets || !SECRETS.has(path)).map(maskLine),
    ...(config.error?.issues ?? []).filter(({ path }) => !masked.includes(path.join("."))).map(issueLine),
  ];
  if (!config.success || mistakes.length > 0) {
    throw new Mistake(`${of} cannot be used:`, ...mistakes, `  next: ${next}`);
  }

  const entries = entriesOf(config.data);
  if (showSecrets) return { entries, leftOut: [], stamp };
  const present = new Set([...masked, ...entries.map(({ path }) => path)]);
  const leftOut = NAMES.filter(({ path, secret }) => secret && present.has(path)).map(
    ({ path, variable }): LeftOut => ({
      path,
      variable,
      ...(secretCommand !== undefined && { command: secretCommand }),
    }),
  );
  return { entries: entries.filter(({ secret }) => !secret), leftOut, stamp };
}

function maskLine(path: string): string {
  return `  appConfig.${path}: got a secret without its value; add --show-secrets where the outputs are read`;
}

function issueLine({ path, input, message }: z.core.$ZodIssue): string {
  const name = ["appConfig", ...path].join(".");
  return `  ${name}: got ${got(path.join("."), input)}; wants ${message}`;
}

function got(path: string, value: unknown): string {
  if (value === undefined) return "nothing";
  // A secret, or something that may have one in it.
  return SECRETS.has(path) || !path.includes(".") ? "something else" : JSON.stringify(value);
}

/** Takes out what the engine has masked, and says where that was. */
function withoutMasks(config: unknown): { readonly shown: unknown; readonly masked: readonly string[] } {
  const parts = objectSchema.safeParse(config);
  if (!parts.success) return { shown: config, masked: [] };
  const masked: string[] = [];
  const shown = Object.entries(parts.data).map(([part, values]): [string, unknown] => {
    const object = objectSchema.safeParse(values);
    if (!object.success) return [part, values];
    const kept = Object.entries(object.data).filter(([name, value]) => {
      if (value === MASK) masked.push(`${part}.${name}`);
      return value !== MASK;
    });
    return [part, Object.fromEntries(kept)];
  });
  return { shown: Object.fromEntries(shown), masked };
}
