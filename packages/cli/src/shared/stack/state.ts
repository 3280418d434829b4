import { CliError, StoredState, type StackCli, type State } from "@ai-api-access/recovery";

/** Reads a stack's state, secrets left encrypted. `undefined` for a stack that does not exist. @throws CliError */
export async function readState(cli: StackCli): Promise<State | undefined> {
  try {
    return (await StoredState.read(cli)).state;
  } catch (error) {
    if (error instanceof CliError && error.message.includes("no stack named")) return undefined;
    throw error;
  }
}
