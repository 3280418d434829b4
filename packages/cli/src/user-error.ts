/** Something that the person at the command line can put right: shown as it is, without a stack trace. */
export class UserError extends Error {
  /** 1 says no to the question that the command asks; 2 says that it could not be asked. */
  readonly exitCode: 1 | 2;

  constructor(lines: readonly string[], exitCode: 1 | 2 = 2) {
    super(lines.join("\n"));
    this.name = "UserError";
    this.exitCode = exitCode;
  }
}

/** What Node or a library says of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
