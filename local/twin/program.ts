/**
 * The Pulumi program of this repository, for a process that runs it inline. It is loaded the way the Pulumi
 * language host loads it: by ts-node, with `tsconfig.run.json`, without a type check.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { repositoryRoot } from "../machine/folders.ts";
import { STACK, type ConfigValues } from "./project.ts";

type Config = typeof import("../../src/config/index.ts");
type Stack = typeof import("../../src/stack.ts");

/** What the twin needs of the program. */
export interface Program {
  readonly findConfigMistakes: Config["findConfigMistakes"];
  readonly ConfigError: Config["ConfigError"];
  readonly readStackConfig: Config["readStackConfig"];
  readonly declareStack: Stack["declareStack"];
}

export function loadProgram(): Program {
  const require = createRequire(join(repositoryRoot, "index.ts"));
  // What a require brings is typed by hand; the type check of the repository covers the same files.
  /* eslint-disable @typescript-eslint/no-unsafe-assignment */
  const tsNode: typeof import("ts-node") = require("ts-node");
  tsNode.register({ project: join(repositoryRoot, "tsconfig.run.json"), transpileOnly: true });
  const config: Config = require("./src/config/index");
  const stack: Stack = require("./src/stack");
  /* eslint-enable @typescript-eslint/no-unsafe-assignment */
  return { ...config, ...stack };
}

/**
 * The checked config of the local stack.
 *
 * @throws ConfigError with every mistake; nothing has been started or asked by then
 */
export function checkedConfig(program: Program, config: ConfigValues) {
  const source = asConfigSource(config);
  const mistakes = program.findConfigMistakes(source);
  if (mistakes.length > 0) throw new program.ConfigError(mistakes, STACK);
  return program.readStackConfig(source);
}

/** The config as the program reads it: every value a string, objects as JSON. */
function asConfigSource(config: ConfigValues) {
  const values = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  // The local stack holds no secret: those of the providers travel in the environment.
  return { values: Object.fromEntries<string>(values), secretKeys: [], environment: {} };
}
