/** Something that the person at the command line can put right; told without a stack trace. */
export class Mistake extends Error {
  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "Mistake";
  }
}

/** What went wrong, in a line or a few. */
export function reasonOf(error: unknown): string {
  return textOf(error, "message") ?? String(error);
}

/** The code of an error of Node: `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return textOf(error, "code");
}

/** Looks at the field alone: what is an Error differs between contexts of Node. */
export function textOf(error: unknown, field: string): string | undefined {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === "string" ? value : undefined;
}
