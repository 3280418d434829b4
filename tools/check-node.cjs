/**
 * Loaded before the program (Pulumi.yaml, runtime.options.nodeargs). An older Node cannot read the program at all, so
 * this says what is missing; and Node keeps what it compiled for the next preview, in the project's own folder.
 */
const { mkdirSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { resolve } = require("node:path");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `This program needs Node 22.19 or newer first on PATH, and found ${process.versions.node} (${process.execPath}).\n` +
      "Install a current Node (https://nodejs.org), open a new shell, and run the same command again.",
  );
  process.exit(32); // The engine adds no words of its own to this code.
}

const cache = resolve(__dirname, "../.cache/node");
try {
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  enableCompileCache(cache);
} catch {
  // A folder that cannot be written only makes the next preview slower.
}
