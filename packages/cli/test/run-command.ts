import { runCli } from "../src/cli.ts";

export interface Ran {
  readonly code: number;
  /** What it printed for programs. */
  readonly out: string;
  /** What it said for people. */
  readonly said: string;
}

/** Runs a command line in this process. */
export async function runCommand(args: readonly string[]): Promise<Ran> {
  const ran = { out: "", said: "" };
  const code = await runCli(args, {
    writeOut: (text) => (ran.out += text),
    writeErr: (text) => (ran.said += text),
  });
  return { code, out: ran.out, said: ran.said.trimEnd() };
}
