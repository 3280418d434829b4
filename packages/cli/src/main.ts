import { runCli } from "./cli.ts";

const code = await runCli(process.argv.slice(2));
// A subcommand may have set another one, and a long output may still be on its way.
if (code !== 0) process.exitCode = code;
