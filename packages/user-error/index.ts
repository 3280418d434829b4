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
