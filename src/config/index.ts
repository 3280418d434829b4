import * as pulumi from "@pulumi/pulumi";
import { findMistakes } from "./checks/index.ts";
import { ConfigError, type Mistake } from "./mistakes.ts";
import { configSchema } from "./schema/index.ts";
import { type ConfigSource, pulumiConfigSource } from "./source.ts";
import { type StackConfig, toStackConfig } from "./stack-config.ts";
import { valuesOfNamespace } from "./values.ts";

/** Everything that is wrong in a configuration, in the order of the keys. Pure: nothing is looked up. */
export function findConfigMistakes(source: ConfigSource): Mistake[] {
  return findMistakes(source);
}

/**
 * The checked configuration of the stack.
 * @throws ConfigError with every mistake at once; nothing has been looked up or declared by then.
 */
export function readStackConfig(source: ConfigSource = pulumiConfigSource()): StackConfig {
  const mistakes = findConfigMistakes(source);
  if (mistakes.length > 0) throw new ConfigError(mistakes, pulumi.getStack());
  return toStackConfig(configSchema.parse(valuesOfNamespace(source)), source);
}

export { ConfigError, type Mistake } from "./mistakes.ts";
export { type ConfigSource, pulumiConfigSource } from "./source.ts";
export type { StackConfig } from "./stack-config.ts";
