/** Where the outputs of a stack come from: the Pulumi CLI, the local stack, or somebody who has read them already. */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { messageOf } from "@ai-api-access/user-error";
import { execa } from "execa";
import { SELF } from "../shared/self.ts";
import { refusal } from "./refusal.ts";

/** The outputs of a stack, and what is known about them. */
export interface Outputs {
  /** By name, not yet checked; secrets masked unless they were asked for. */
  readonly values: unknown;
  /** Absent when they came from somewhere that does not say. */
  readonly stack?: string | undefined;
  /** Prints the client secret and nothing else; absent where no command does. */
  readonly secretCommand?: string;
  /** How to get outputs that can be used, for the end of an error about them. */
  readonly next: string;
}

export interface Source {
  readonly stack?: string | undefined;
  readonly twin: boolean;
  /** A file, or `-` for standard input. */
  readonly from?: string | undefined;
  readonly showSecrets: boolean;
}

/**
 * @throws UserError when they cannot be had, in the words of whoever was asked
 */
export async function readOutputs({ stack, twin, from, showSecrets }: Source): Promise<Outputs> {
  const flags = ["--json", ...(showSecrets ? ["--show-secrets"] : [])];
  if (from !== undefined) {
    const next = "pulumi stack output --json --stack STACK";
    return { values: await given(from, next), stack, next };
  }
  if (twin || stack === undefined) {
    const values = await ask(
      [process.execPath, SELF, "local", "outputs", ...flags],
      "The local twin cannot give its outputs",
      "npm start",
    );
    return { values, stack: "local", next: "npm start" };
  }
  const values = await ask(
    ["pulumi", "stack", "output", ...flags, "--stack", stack, "--non-interactive"],
    `Pulumi cannot give the outputs of stack ${stack}`,
    "pulumi stack ls",
  );
  const secretCommand = `pulumi stack output clientSecret --show-secrets --stack ${stack}`;
  return { values, stack, secretCommand, next: `pulumi up --stack ${stack}` };
}

async function given(from: string, next: string): Promise<unknown> {
  const where = from === "-" ? "standard input" : from;
  try {
    // As a stream: read at once, a pipe that npm has set not to block fails until something is in it (EAGAIN).
    return JSON.parse(from === "-" ? await text(process.stdin) : await readFile(from, "utf8"));
  } catch (error) {
    // What the parser says may quote the text, and a secret with it.
    const why = error instanceof SyntaxError ? "it is not JSON" : messageOf(error);
    throw refusal(`The outputs cannot be read from ${where}: ${why}`, next);
  }
}

async function ask([command = "", ...args]: string[], failure: string, next: string): Promise<unknown> {
  const { failed, code, stdout, stderr, shortMessage } = await execa(command, args, {
    stdin: "ignore",
    reject: false,
  });
  if (!failed) return JSON.parse(stdout);
  if (code !== "ENOENT") throw refusal(`${failure}: ${((stderr || shortMessage) ?? "").trimEnd()}`, next);
  throw refusal(
    "The Pulumi CLI (pulumi) is not on PATH.",
    "install it (https://www.pulumi.com/docs/install/), or give the outputs as JSON: --from FILE, or --from - for " +
      "standard input; for the local twin: --twin",
  );
}
