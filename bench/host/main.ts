/**
 * `main.ts PULUMI ARGUMENTS…`: runs the CLI with the language host of this folder, and ends with its exit code.
 * Ends the CLI when the process that started this one is gone.
 */
import { spawn } from "node:child_process";
import { serveLanguageHost } from "./language-host.ts";

const [command = "pulumi", ...args] = process.argv.slice(2);
const child = spawn(command, [...args, `--client=${await serveLanguageHost()}`], { stdio: "inherit" });
const interrupt = (): void => {
  child.kill("SIGINT");
};
process.once("disconnect", interrupt);
process.on("SIGINT", interrupt);
child.once("exit", (code) => process.exit(code ?? 1));
