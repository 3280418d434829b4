import type { Program } from "@ai-api-access/local/program.ts";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import type { OutputsOf } from "../shared/program/walk.ts";
import type { StoredStack } from "./checks/state.ts";
import type { Tools } from "./tools.ts";

/** A stack that the doctor looks at: nothing of it has been checked. */
export interface DoctorInput {
  readonly name: string;
  /** Its name in URNs, where that is another: every stack of the twin's fleet is `local` in a home of its own. */
  readonly nameInUrns?: string;
  readonly project: string;
  readonly program: Program;
  readonly source: ConfigSource;
  readonly tools: Tools;
  /** Without the Pulumi CLI: the keys whose values are encrypted, so that nobody can read them, nor the state. */
  readonly encrypted?: readonly string[];
  /** URNs of what is in the state, with the id of each; a component has none. */
  readonly state: ReadonlyMap<string, string | undefined>;
  /** Outputs of its base stack; left out where nobody can read them. */
  readonly outputsOf?: OutputsOf | undefined;
  /** What its backend has of it; left out for a stack that does not exist yet. */
  readonly stored?: StoredStack | undefined;
}
