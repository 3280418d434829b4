/**
 * Loaded before the program (Pulumi.yaml, runtime.options.nodeargs). The Pulumi SDK loads npm's own installer and the
 * TypeScript compiler with itself, to serialize functions. No resource here has a function, and together they are more
 * than half of what the program loads: so each is loaded when somebody first asks it for something.
 */
const { createRequire } = require("node:module");

try {
  const sdk = createRequire(require.resolve("@pulumi/pulumi"));
  for (const name of ["@npmcli/arborist", "./typescript-shim"]) defer(sdk.resolve(name));
} catch {
  // An SDK that is built in another way loads as it likes.
}

/** @param {string} filename Where the module is. */
function defer(filename) {
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      delete require.cache[filename];
      loaded = require(filename);
    }
    return loaded;
  };
  const exports = new Proxy(
    {},
    // A module that says it is one of ES is not copied name by name when it is imported.
    { get: (_, name) => (name === "__esModule" ? true : load()[name]) },
  );
  require.cache[filename] = { id: filename, filename, loaded: true, children: [], paths: [], exports };
}
