/** The values of a stack's file, as far as they mean something to the twin. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { readYaml } from "@ai-api-access/local/yaml-file.ts";
import { isEncrypted } from "../shared/stack/encrypted.ts";
import { code } from "./markdown.ts";

/** Values by full key, and what of the file is not among them. */
export interface StackValues {
  /** The tree that they are of, for the files that they name. */
  readonly root: string;
  readonly values: ConfigValues;
  /** Markdown. */
  readonly notes: readonly string[];
}

/** The two sides of a pull request, as messages name them. */
export type SideName = "base" | "branch";

const fileSchema = z.object({
  config: z.record(z.string(), z.unknown()).default({}),
  environment: z.unknown().optional(),
});

const NAMESPACE = "ai-api-access:";
const SECRETS = `${NAMESPACE}connectionSecrets`;

/**
 * @param root of the tree whose version of the file is read
 * @returns undefined where the file is not there
 * @throws UserError when it is no stack's file
 */
export function readStackValues(root: string, file: string, side: SideName): StackValues | undefined {
  const path = join(root, file);
  if (!existsSync(path)) return undefined;
  const read = fileSchema.safeParse(readYaml(path, `${file} of the ${side}`) ?? {});
  if (!read.success) {
    throw new UserError(
      `${file} of the ${side} is not a stack's file: it wants keys below config, as Pulumi.dev.yaml has.`,
    );
  }
  const { config, environment } = read.data;
  const kept = Object.entries(config).filter(([key, value]) => isForTwin(key, value));
  const left = Object.keys(config).filter((key) => !kept.some(([name]) => name === key));
  const where = `of the ${side}'s file`;
  return {
    root,
    values: Object.fromEntries(
      kept.map(([key, value]) => [key, key === SECRETS ? withoutSecrets(value) : value]),
    ),
    notes: [
      ...(left.length > 0 ? [`Left out ${where}: ${left.map(code).join(", ")}.`] : []),
      ...(environment === undefined ? [] : [`Left out ${where}: what its environments hold.`]),
    ],
  };
}

/** Not the providers' settings, which lead to the real tenants, and nothing that only their stack can decrypt. */
function isForTwin(key: string, value: unknown): boolean {
  return key.startsWith(NAMESPACE) && (key === SECRETS || !isEncrypted(value));
}

/** Each secret stands for itself: the same on both sides, it is no change. */
function withoutSecrets(secrets: unknown): unknown {
  const { data } = z.record(z.string(), z.unknown()).safeParse(secrets);
  if (data === undefined) return secrets;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, isEncrypted(value) ? "not read here" : value]),
  );
}
