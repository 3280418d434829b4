/** Where a stack's configuration comes from, as the program would be handed it. */
import type { ConfigMap } from "@pulumi/pulumi/automation/index.js";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { providerConfig, readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import { tenantEnvironment, type TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import type { Program } from "@ai-api-access/local/program.ts";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import type { CheckedStack } from "../program/walk.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Of a stack as `pulumi config` tells it: the defaults of the project and the secrets are among the values. */
export function sourceOf(config: ConfigMap, environment: Environment = process.env): ConfigSource {
  const entries = Object.entries(config);
  return {
    values: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    secretKeys: entries.flatMap(([key, { secret }]) => (secret === true ? [key] : [])),
    environment,
  };
}

/** Of the twin's stack, whose credentials travel in the environment. */
export function localSource(access: TenantAccess, overrides: ConfigValues = {}): ConfigSource {
  const config = { ...readLocalStack(overrides).config, ...providerConfig(access) };
  const values = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return {
    values: Object.fromEntries(values),
    secretKeys: [],
    folder: repositoryRoot,
    environment: tenantEnvironment(access),
  };
}

/**
 * A stack with its configuration checked.
 *
 * @throws the program's ConfigError with every mistake at once
 */
export function checkedStack(stack: Omit<CheckedStack, "config">): CheckedStack {
  const { program, source, name }: { program: Program; source: ConfigSource; name: string } = stack;
  const mistakes = program.findConfigMistakes(source);
  if (mistakes.length > 0) throw new program.ConfigError(mistakes, name);
  return { ...stack, config: program.readStackConfig(source) };
}
