/**
 * What a plugin's start script loads first. Plain JavaScript, so that an old Node can still say what is missing.
 *
 * The engine starts a plugin several times a run, so Node keeps what it compiled for the next start: in the project's
 * own folder, since whoever can write there can change the plugin anyway.
 */
const { mkdirSync } = require("node:fs");
const { resolve } = require("node:path");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`This plugin needs Node 22.19 or newer first on PATH, and found ${process.versions.node}.`);
  process.exit(1);
}

const { enableCompileCache, flushCompileCache } = require("node:module");
const cache = resolve(__dirname, "../../.cache/node");
try {
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  enableCompileCache(cache);
  // The engine kills a plugin at the end, so what was compiled is kept when the start is over.
  setTimeout(flushCompileCache, 1000).unref();
} catch {
  // A folder that cannot be written only makes the next start slower.
}
