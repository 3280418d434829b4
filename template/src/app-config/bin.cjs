/** What `npm run app-config` runs: loads the command as Pulumi loads the program, without a type check. */
require("../../compile-cache.cjs");

require("ts-node").register({ project: require.resolve("../../tsconfig.run.json"), transpileOnly: true });
const { appConfig } = require("./command");

void appConfig(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (line) => console.error(line),
}).then((code) => {
  process.exitCode = code;
});
