/** Starts the plugin. Plain JavaScript, so that an old Node can still say what is missing. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const oldest = { 22: 19, 24: 5 }[major];
if (major < 22 || (oldest !== undefined && minor < oldest)) {
  console.error(
    `The roster plugin needs Node 22.19 or newer (of 24: 24.5) first on PATH, and found ${process.versions.node}.`,
  );
  process.exit(1);
}
// The engine starts a plugin several times a run: keep what Node made of the TypeScript for the next start.
const { enableCompileCache, flushCompileCache } = process.getBuiltinModule("node:module");
enableCompileCache?.();
import("./main.ts").then(() => setTimeout(flushCompileCache, 1000).unref());
