import { UserError } from "@ai-api-access/user-error";
import { ENGINE_VERSION } from "./version.ts";

/** One way to the engine that did not lead there. */
export interface Attempt {
  readonly way: string;
  readonly reason: string;
}

/** No engine: for the user, with the ways that were tried and what to install. */
export class EngineError extends UserError {
  constructor(attempts: readonly Attempt[]) {
    const tried = attempts.map(
      ({ way, reason }) => `  - ${way}: ${reason.trim().split("\n").slice(-5).join("\n    ")}`,
    );
    super(
      `There is no Pulumi CLI ${ENGINE_VERSION} or newer (major version 3) to run the stack with. Tried:\n${tried.join("\n")}\n` +
        `Install one of these, then run the same command again:\n` +
        `  - the Pulumi CLI, https://www.pulumi.com/docs/install/ (then \`pulumi version\` works in a new shell), or\n` +
        `  - Go 1.25 or newer, https://go.dev/doc/install, and the CLI is built from its published modules.`,
    );
    this.name = "EngineError";
  }
}
