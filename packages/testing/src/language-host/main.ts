/**
 * `main.ts PULUMI ARGUMENTS…`: runs the CLI with the language host of this folder, and ends with its exit code.
 * Ends the CLI when the process that started this one is gone.
 */
import { spawn } from "node:child_process";
import { serveLanguageHost } from "./language-host.ts";

const [command = "pulumi", ...args] = process.argv.slice(2);
const port = await serveLanguageHost();
const env = { ...process.env, PULUMI_DEBUG_LANGUAGES: `nodejs:${String(port)}` };
const child = spawn(command, args, { stdio: "inherit", env });
const interrupt = (): void => {
  child.kill("SIGINT");
};
process.once("disconnect", interrupt);
process.on("SIGINT", interrupt);
child.once("exit", (code) => process.exit(code ?? 1));
