export interface UserErrorOptions extends ErrorOptions {
  /** What to do about it. */
  readonly next?: string | undefined;
  /** Of the command that it ends; 1 by default. */
  readonly exitCode?: number | undefined;
}

/** An error whose text is for the person who caused it: a command prints it without a stack trace. */
export class UserError extends Error {
  readonly next: string | undefined;
  readonly exitCode: number;

  constructor(message: string, { next, exitCode = 1, ...options }: UserErrorOptions = {}) {
    super(message, options);
    this.name = "UserError";
    this.next = next;
    this.exitCode = exitCode;
  }
}

/** What an error says. (`instanceof Error` misses errors that another realm made, as under a test runner.) */
export function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : String(error);
}

/** The code of a system error, such as `EADDRINUSE`. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}
