import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Mistake } from "../mistake.ts";
import type { Asked, Outputs } from "./source.ts";
import { CommandFailed, run } from "./run.ts";

/** What `npm run local` runs. The twin is a command to us; nothing of it is loaded. */
const COMMAND = "packages/cli/src/local/local.ts";

/**
 * The outputs of the local stack, whose engine may not be on PATH. They are as of now.
 *
 * @throws Mistake when the twin is not there or cannot be asked, in its own words
 */
export async function fromTwin({ showSecrets }: Asked): Promise<Outputs> {
  const root = resolve(import.meta.dirname, "../../../../..");
  if (!existsSync(join(root, COMMAND)))
    throw new Mistake("The local twin is not in this folder.", "  next: --stack NAME");
  const outputsOf = new Date().toISOString();
  const args = [COMMAND, "outputs", "--json", ...(showSecrets ? ["--show-secrets"] : [])];
  try {
    const values: unknown = JSON.parse(await run(process.execPath, args, root));
    return { values, stamp: { stack: "local", outputsOf }, next: "npm start" };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Mistake(`The local twin cannot give its outputs: ${error.message}`, "  next: npm start");
  }
}
