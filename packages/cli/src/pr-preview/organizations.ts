/** The organizations of a side, wherever it declares them, for tenants that know nobody of their rosters. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import { stringify } from "yaml";
import { z } from "zod";
import { organizationFilesOf } from "../shared/changed-stacks.ts";
import type { StackValues } from "./stack-values.ts";

/** Values with the files that they name read. */
export interface SideValues {
  readonly values: ConfigValues;
  /** What each file of `organizationsFolder` says, by its name. */
  readonly files: Readonly<Record<string, unknown>>;
}

const ONE = "ai-api-access:organization";
const FOLDER = "ai-api-access:organizationsFolder";
/** People in a file: the twin does not know them. */
const ROSTER = ["membersFile", "roster"];

const fieldsSchema = z.record(z.string(), z.unknown());

/** The side without its rosters. */
export function withoutRosters({
  root,
  values,
}: StackValues): SideValues & { readonly left: readonly string[] } {
  const files = Object.entries(organizationFilesOf(root, values[FOLDER]));
  const all = [...(ONE in values ? [["organization", values[ONE]] as const] : []), ...files];
  return {
    values: ONE in values ? { ...values, [ONE]: without(values[ONE]) } : values,
    files: Object.fromEntries(files.map(([file, value]) => [file, without(value)])),
    left: all.flatMap(([name, value]) =>
      ROSTER.filter((key) => Object.hasOwn(fieldsSchema.safeParse(value).data ?? {}, key)).map(
        (key) => `${name}.${key}`,
      ),
    ),
  };
}

function without(organization: unknown): unknown {
  const { data } = fieldsSchema.safeParse(organization);
  if (data === undefined) return organization;
  return Object.fromEntries(Object.entries(data).filter(([key]) => !ROSTER.includes(key)));
}

/**
 * Writes the files into a folder of their own.
 *
 * @param root which the configuration's paths begin at
 * @returns the values that name this folder
 */
export function writeOrganizations(
  { values, files }: SideValues,
  folder: string,
  root: string,
): ConfigValues {
  if (!(FOLDER in values)) return values;
  mkdirSync(folder, { recursive: true });
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), stringify(value));
  return { ...values, [FOLDER]: relative(root, folder) };
}

const list = <S extends z.ZodType>(schema: S) => z.array(schema).default([]).catch([]);
const text = z.string().optional().catch(undefined);

/** What is read of an organization; the config check says what is wrong with the rest. */
const organizationSchema = z
  .object({
    members: list(z.object({ user: text, email: text, roles: list(z.string()) })),
    connections: list(z.object({ existing: text, groups: list(z.string()) })),
  })
  .catch({ members: [], connections: [] });

/** The organizations of a side. */
export function organizationsOf({ values, files }: SideValues) {
  const all = [...(ONE in values ? [values[ONE]] : []), ...Object.values(files)];
  return all.map((organization) => organizationSchema.parse(organization));
}
