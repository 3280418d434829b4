/** The values of a stack's file, as far as they mean something to the twin. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { parse } from "yaml";
import { z } from "zod";
import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import { code } from "./markdown.ts";

/** Values by full key, and what of the file is not among them. */
export interface StackValues {
  readonly values: ConfigValues;
  /** Markdown. */
  readonly notes: readonly string[];
}

const fileSchema = z.object({
  config: z.record(z.string(), z.unknown()).default({}),
  environment: z.unknown().optional(),
});
const encryptedSchema = z.object({ secure: z.string() });

const NAMESPACE = "ai-api-access:";
/** People in a file, whom the twin does not know. */
const ROSTER = [`${NAMESPACE}membersFile`, `${NAMESPACE}roster`];

/**
 * @param root of the tree whose version of the file is read
 * @param side named in the error: `base`
 * @throws UserError when the file is not there or is no stack's file
 */
export function readStackValues(root: string, file: string, side: string): StackValues {
  const path = join(root, file);
  if (!existsSync(path)) {
    throw new UserError(
      `--config: there is no ${file} in the ${side}; wants a stack's file, as Pulumi.dev.yaml.`,
    );
  }
  const { config, environment } = parsed(path, file);
  const kept = Object.entries(config).filter(([key, value]) => isForTwin(key, value));
  const left = Object.keys(config).filter((key) => !kept.some(([name]) => name === key));
  const where = `of ${code(file)} in the ${side}`;
  return {
    values: Object.fromEntries(kept),
    notes: [
      ...(left.length > 0 ? [`Left out ${where}: ${left.map(code).join(", ")}.`] : []),
      ...(environment === undefined ? [] : [`Left out ${where}: what its environments hold.`]),
    ],
  };
}

function parsed(path: string, file: string): z.output<typeof fileSchema> {
  try {
    return fileSchema.parse(parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new UserError(`--config: ${file} is not a stack's file.`, { cause: error });
  }
}

/** Not the providers' settings, which lead to the real tenants, and nothing that only their stack can decrypt. */
function isForTwin(key: string, value: unknown): boolean {
  return key.startsWith(NAMESPACE) && !ROSTER.includes(key) && !isEncrypted(value);
}

function isEncrypted(value: unknown): boolean {
  if (encryptedSchema.safeParse(value).success) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isEncrypted);
}

/** These values in place of the ones that the local stack declares. */
export function inPlaceOfLocal(values: ConfigValues): ConfigValues {
  const none = Object.keys(readLocalStack().config).map((key): [string, undefined] => [key, undefined]);
  return { ...Object.fromEntries(none), ...values };
}
