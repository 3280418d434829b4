#!/usr/bin/env node
/** `npx ai-api-access`: the command, on a Node that can run it. Plain JavaScript, for whatever Node is on PATH. */
import { fileURLToPath } from "node:url";

// The launcher runs its arguments.
process.argv.splice(2, 0, fileURLToPath(import.meta.resolve("../src/main.ts")));
await import("../../../tools/node.mjs");
