import { CommanderError } from "commander";

/** For `exitOverride`: a command line that cannot be run ends with this exit code, help with 0. */
export function wrongUseExits(exitCode: number): (error: CommanderError) => never {
  return (error) => {
    throw error.exitCode === 0 ? error : new CommanderError(exitCode, error.code, error.message);
  };
}
