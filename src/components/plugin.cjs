/** What the engine starts. An older Node cannot read the rest at all, so this says what is missing. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `The package ai-api-access needs Node 22.19 or newer first on PATH, and found ${process.versions.node} (${process.execPath}).\n` +
      "Install a current Node (https://nodejs.org), open a new shell, and run the same command again.",
  );
  process.exit(1);
}

const { provider } = require("@pulumi/pulumi");
const served = import("./provider.ts").then((components) =>
  provider.main(components.provider, process.argv.slice(2)),
);
served.catch((error) => {
  console.error(error);
  process.exit(1);
});
