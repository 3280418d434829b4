/** `npx ai-api-access keys` as a person runs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

export interface Ran {
  readonly code: number | null;
  /** Standard output: a private key, or nothing. */
  readonly out: string;
  readonly said: string;
}

export async function keys(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, [join(repositoryRoot, "packages/cli/src/main.ts"), "keys", ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = { out: "", said: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.said += text));
  await once(child, "close");
  return { code: child.exitCode, ...ran };
}
