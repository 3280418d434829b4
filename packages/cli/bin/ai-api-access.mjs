#!/usr/bin/env node
/** `npx ai-api-access`: the command, on a Node that can run it. Plain JavaScript, for whatever Node is on PATH. */
import { fileURLToPath } from "node:url";

// The launcher runs its arguments.
const [sdk, main] = ["../../../tools/lazy-sdk.cjs", "../src/main.ts"].map((path) =>
  fileURLToPath(import.meta.resolve(path)),
);
process.argv.splice(2, 0, "--require", sdk, main);
await import("../../../tools/node.mjs");
