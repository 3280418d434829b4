/** The Pulumi program of this repository, for a process that runs it inline. */
import type { Mistake } from "../../../src/config/index.ts";
import { repositoryRoot } from "./machine/folders.ts";
import { STACK, type ConfigValues } from "./project.ts";

type Config = typeof import("../../../src/config/index.ts");
type Stack = typeof import("../../../src/stack.ts");

export type { ConfigSource, Mistake, StackConfig } from "../../../src/config/index.ts";

/** What others need of the program. */
export interface Program {
  readonly findConfigMistakes: Config["findConfigMistakes"];
  readonly ConfigError: Config["ConfigError"];
  readonly readStackConfig: Config["readStackConfig"];
  readonly declareStack: Stack["declareStack"];
}

/** Loads it when it is needed: the SDKs take a third of a second. */
export async function loadProgram(): Promise<Program> {
  const [config, stack] = await Promise.all([
    import("../../../src/config/index.ts"),
    import("../../../src/stack.ts"),
  ]);
  return { ...config, ...stack };
}

/**
 * The checked config of the local stack, or of another one that is run in its place.
 *
 * @throws ConfigError with every mistake; nothing has been started or asked by then
 */
export function checkedConfig(program: Program, config: ConfigValues, stack = STACK) {
  const source = asConfigSource(config);
  const mistakes = program.findConfigMistakes(source);
  if (mistakes.length > 0) throw new program.ConfigError(mistakes, stack);
  return program.readStackConfig(source);
}

/**
 * What is wrong with the config of a stack that is run in place of the local one.
 *
 * @param folder where the files are that the config names
 */
export function mistakesIn(program: Program, config: ConfigValues, folder = repositoryRoot): Mistake[] {
  return program.findConfigMistakes({
    ...asConfigSource({ "auth0:domain": "localhost", ...config }),
    folder,
  });
}

/** The config as the program reads it: every value a string, objects as JSON. */
function asConfigSource(config: ConfigValues) {
  const values = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  // The local stack holds no secret: those of the providers travel in the environment.
  return {
    values: Object.fromEntries<string>(values),
    secretKeys: [],
    folder: repositoryRoot,
    environment: {},
  };
}
