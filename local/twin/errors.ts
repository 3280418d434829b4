/** A failure that is told to the user in one or a few lines, never as a stack trace. */
export class TwinError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options);
    this.name = "TwinError";
    this.exitCode = exitCode;
  }
}

/**
 * The exit code of the CLI. The Automation API keeps it only in the text of its error
 * ("Command failed with exit code 255").
 */
export function exitCodeOf(error: unknown): number {
  const text = error instanceof Error ? error.message : "";
  return Number(/exit code (\d+)/.exec(text)?.[1] ?? 1);
}
