import { findEngine, type Engine } from "@ai-api-access/local/engine/index.ts";

let found: Promise<Engine> | undefined;

/** The engine, looked for once in a test file: to ask it for its version takes as long as a short run. */
export function engine(): Promise<Engine> {
  found ??= findEngine();
  return found;
}
