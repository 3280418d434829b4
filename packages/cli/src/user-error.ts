import { UserError } from "@ai-api-access/user-error";

/** An error for the user, line by line. 1 says no to the question that the command asks; 2 that it could not be asked. */
export function userError(lines: readonly string[], exitCode: 1 | 2 = 2): UserError {
  return new UserError(lines.join("\n"), { exitCode });
}

/** What Node or a library says of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
