import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Engine } from "../index.ts";

/** The engine behind its guard (see `guard.ts`), as the Automation API takes it. */
export async function guarded(engine: Engine): Promise<PulumiCommand> {
  process.env.AI_API_ACCESS_ENGINE = engine.command;
  return PulumiCommand.get({ root: join(import.meta.dirname), skipVersionCheck: true });
}
