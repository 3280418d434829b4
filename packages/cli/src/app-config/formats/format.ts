import type { Entry } from "../entries.ts";
import type { Stamp } from "../stamp.ts";

/** What is written. */
export interface Content {
  readonly entries: readonly Entry[];
  /** Secrets that are left out, each with a command that gets its value. */
  readonly leftOut: readonly LeftOut[];
  readonly stamp: Stamp;
}

export interface LeftOut {
  readonly path: string;
  readonly variable: string;
  /** A command that prints the value and nothing else; absent where there is none. */
  readonly command?: string;
}

/** What a file says. */
export interface Found {
  /** Absent when the file was not written by this command. */
  readonly stamp?: Stamp;
  /** By the key of the format; lists in one line. */
  readonly values: ReadonlyMap<string, string>;
}

/** One way to write the app configuration down. */
export interface Format {
  /** The name of a value in this format. */
  keyOf(entry: Pick<Entry, "path" | "variable">): string;
  /**
   * The whole file, with {@link UNSEALED} in its stamp.
   *
   * @throws Mistake when the format cannot express a value
   */
  render(content: Content): string;
  /** Reads a file back, whoever wrote it; what it does not understand it leaves out. */
  read(text: string): Found;
}
