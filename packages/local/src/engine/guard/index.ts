import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Engine } from "../index.ts";

const known = new Map<string, Promise<PulumiCommand>>();

/** The engine behind its guard (see `guard.ts`), as the Automation API takes it. */
export function guarded({ command }: Engine): Promise<PulumiCommand> {
  process.env.AI_API_ACCESS_ENGINE = command;
  const guard =
    known.get(command) ?? PulumiCommand.get({ root: import.meta.dirname, skipVersionCheck: true });
  known.set(command, guard);
  return guard;
}
