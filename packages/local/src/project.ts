/**
 * The generated Pulumi project of the twin: the repository's `Pulumi.yaml` and `Pulumi.local.yaml`, with the
 * settings that point the providers at the local tenants. It lives in the twin's home because the engine writes
 * into both files.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Document, stringify } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "./machine/folders.ts";
import type { TwinHome } from "./home.ts";
import type { Providers } from "./providers.ts";
import type { TenantAccess } from "./tenants/access.ts";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { readYaml } from "./yaml-file.ts";

export const STACK = "local";

const projectSchema = z.looseObject({
  name: z.string(),
  plugins: z
    .looseObject({ providers: z.array(z.object({ name: z.string(), path: z.string() })).default([]) })
    .optional(),
  config: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })).default({}),
});
const stackSchema = z.looseObject({ config: z.record(z.string(), z.unknown()).default({}) });

/** Config by full key (`ai-api-access:organization`) or by a field of one (`…:organization.members`), values as written. */
export type ConfigValues = Readonly<Record<string, unknown>>;

export interface LocalStack {
  readonly projectName: string;
  /** Defaults of `Pulumi.yaml` under what the stack file says. */
  readonly config: ConfigValues;
}

/**
 * The local stack as the repository declares it.
 *
 * @param overrides replaces whole keys, or fields of them; `undefined` takes a key or a field out
 * @throws UserError when a file is no YAML
 */
export function readLocalStack(overrides: ConfigValues = {}): LocalStack {
  return readStackFiles(repositoryRoot, `Pulumi.${STACK}.yaml`, overrides);
}

/** These values in place of the ones that the local stack declares. */
export function inPlaceOfLocal(values: ConfigValues): ConfigValues {
  const none = Object.keys(readLocalStack().config).map((key): [string, undefined] => [key, undefined]);
  return { ...Object.fromEntries(none), ...values };
}

/**
 * A stack as the files of its project declare it; what is encrypted stays so.
 *
 * @param file of the stack, from the folder of `Pulumi.yaml`
 * @throws UserError when one is no YAML
 */
export function readStackFiles(folder: string, file: string, overrides: ConfigValues = {}): LocalStack {
  const read = (path: string): unknown => readYaml(resolve(folder, path), path);
  const project = projectSchema.parse(read("Pulumi.yaml"));
  const stack = stackSchema.parse(read(file) ?? {});
  const defaults = Object.entries(project.config)
    .filter(([, { default: value }]) => value !== undefined)
    .map(([key, { default: value }]): [string, unknown] => [
      key.includes(":") ? key : `${project.name}:${key}`,
      value,
    ]);
  const declared: ConfigValues = { ...Object.fromEntries(defaults), ...stack.config };
  return { projectName: project.name, config: withOverrides(declared, overrides) };
}

function withOverrides(declared: ConfigValues, overrides: ConfigValues): ConfigValues {
  const isField = (key: string) => key.includes(".");
  const whole = Object.entries(overrides).filter(([key]) => !isField(key));
  const fields = Object.entries(overrides).filter(([key]) => isField(key));
  const merged: Record<string, unknown> = { ...declared, ...Object.fromEntries(whole) };
  for (const [name, value] of fields) {
    const [key = "", ...path] = name.split(".");
    merged[key] = withField(merged[key], path, value);
  }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/**
 * A value with one field in it replaced; `undefined` takes the field out.
 * @throws when something on the way to the field has no fields
 */
export function withField(whole: unknown, path: readonly string[], value: unknown): unknown {
  const document = new Document(whole ?? {});
  if (value !== undefined) document.setIn(path, document.createNode(value));
  else if (document.hasIn(path)) document.deleteIn(path);
  return document.toJS();
}

/** What points the providers at the tenants; secrets travel in the environment (see `tenantEnvironment`). */
export function providerConfig({ auth0, okta }: TenantAccess): ConfigValues {
  return {
    "auth0:domain": auth0.domain,
    "okta:orgName": "local",
    "okta:baseUrl": "localhost",
    "okta:httpProxy": okta.origin,
  };
}

/** Writes the project for one run. What the engine itself keeps in the stack file (the salt) stays. */
export function writeProject(home: TwinHome, stack: ConfigValues, providers: Providers): void {
  const project = projectSchema.parse(readYaml(join(repositoryRoot, "Pulumi.yaml"), "Pulumi.yaml"));
  // The generated project lies elsewhere, so its own plugins are named by their whole path.
  const own = (project.plugins?.providers ?? []).map(({ name, path }) => ({
    name,
    path: resolve(repositoryRoot, path),
  }));
  const plugins = { ...project.plugins, providers: [...own, ...providers.paths] };
  writeWhole(join(home.project, "Pulumi.yaml"), stringify({ ...project, plugins }));

  const stackFile = join(home.project, `Pulumi.${STACK}.yaml`);
  const kept = existsSync(stackFile) ? stackSchema.parse(readYaml(stackFile, stackFile)) : {};
  writeWhole(stackFile, stringify({ ...kept, config: stack }));
}
