import type { Properties } from "./values.ts";

/**
 * Thrown by `create`, `update` or `read` when a part of the work was done: the resource exists, and the engine
 * stores it with the given state and with the reasons, so that the next `pulumi up` calls `update` to finish.
 *
 * After a partial `create` the engine stores the new inputs, after a partial `update` the old ones: what was
 * really done belongs in `state`.
 */
export class ResourceInitFailed extends Error {
  readonly id: string;
  readonly state: Properties;
  /** Printed one line each and stored in the state in clear: never put a secret in one. */
  readonly reasons: readonly string[];
  /** The inputs as they really are; the engine looks at them only after a partial `read`. */
  readonly inputs: Properties | undefined;

  constructor(id: string, state: Properties, reasons: readonly [string, ...string[]], inputs?: Properties) {
    super(reasons.join("\n"));
    this.name = "ResourceInitFailed";
    this.id = id;
    this.state = state;
    this.reasons = reasons;
    this.inputs = inputs;
  }
}

/** Thrown for a method or a type that the provider does not have. */
export class NotSupported extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotSupported";
  }
}

/** What was thrown, in its own words. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
