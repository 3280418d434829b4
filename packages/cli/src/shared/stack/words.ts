import { UserError } from "@ai-api-access/user-error";
import { CommandError } from "@pulumi/pulumi/automation/index.js";

/**
 * Runs something of the CLI, and hands on what it says is wrong: lines that begin with `error:`. The rest of a
 * CommandError is for who debugs it.
 */
export async function inWordsOfTheCli<T>(work: () => Promise<T>, stack?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const said = /error: [\s\S]*?(?=\n err\?:|$)/.exec(error.message)?.[0] ?? error.message;
    throw new UserError(`The Pulumi CLI says: ${said.trim()}${adviceFor(said, stack)}`, { cause: error });
  }
}

/** The file backend says no more than this of a file that a kill cut off while it was written. */
function adviceFor(said: string, stack = "NAME"): string {
  if (!/failed to load checkpoint: .*(?:EOF|unexpected end)/.test(said)) return "";
  return (
    "\nA run was killed while it wrote the state. Put the last whole one back: " +
    `npx ai-api-access recover --stack ${stack}`
  );
}

/** What a run of the twin says, where another stack's values are run in place of the local one's. */
export function inPlaceOfLocalStack(text: string, name: string): string {
  return text.replaceAll(" of stack local ", ` of stack ${name} `);
}
