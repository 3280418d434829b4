import { runCli } from "./cli.ts";

process.exitCode = await runCli(process.argv.slice(2));
// A connection that is kept alive does not keep the process; what was written is out before it ends.
process.stdout.write("", () => process.exit());
