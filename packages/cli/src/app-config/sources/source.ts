import type { Stamp } from "../stamp.ts";

/** The outputs of a stack, and what is known about them. */
export interface Outputs {
  /** By name, not yet checked; secrets masked unless they were asked for. */
  readonly values: unknown;
  readonly stamp: Stamp;
  /** A command that prints the client secret and nothing else; absent where there is none. */
  readonly secretCommand?: string;
  /** How to get outputs that can be used, at the end of a mistake about them. */
  readonly next: string;
}

export interface Asked {
  readonly stack?: string;
  readonly showSecrets: boolean;
}
