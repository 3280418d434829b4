import { execFile } from "node:child_process";
import { UserError } from "@ai-api-access/user-error";
import type { Stack } from "@pulumi/pulumi/automation/index.js";

/** The Pulumi CLI, for one stack. */
export interface StackCli {
  /** The CLI's path. */
  readonly command: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  /** The stack. */
  readonly name: string;
  /** For the CLI, over this process's own environment. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** What the CLI said in place of what it was asked for. */
export class CliError extends UserError {}

/** The CLI of a stack that the Automation API has opened. */
export function cliOf({ name, workspace }: Stack): StackCli {
  const { pulumiCommand, workDir: folder, envVars, pulumiHome } = workspace;
  const home = pulumiHome === undefined ? {} : { PULUMI_HOME: pulumiHome };
  return { command: pulumiCommand.command, folder, name, environment: { ...home, ...envVars } };
}

/**
 * Runs a command of the CLI on the stack.
 *
 * @param input for its standard input, so that no file holds it
 * @returns what it wrote to standard output
 * @throws CliError with its own words
 */
export function runOnStack(
  { command, folder, name, environment }: StackCli,
  args: readonly string[],
  input = "",
): Promise<string> {
  const options = {
    cwd: folder,
    env: { ...process.env, ...environment },
    maxBuffer: Infinity,
    // A script on Windows, which only a shell starts; its arguments are ours.
    shell: command.endsWith(".cmd"),
  };
  return new Promise((resolve, reject) => {
    const all = [...args, "--stack", name, "--non-interactive", "--color", "never"];
    const child = execFile(command, all, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new CliError(`The Pulumi CLI says: ${stderr.trim() || error.message}`));
    });
    // One that does not read to the end says itself why.
    child.stdin?.on("error", () => undefined).end(input);
  });
}
