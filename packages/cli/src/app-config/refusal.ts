import { UserError } from "@ai-api-access/user-error";

/** Exit code 1 says that a file is not up to date; this is 2, for whatever keeps that from being found out. */
export function refusal(message: string, next?: string): UserError {
  return new UserError(message, { next, exitCode: 2 });
}
