import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Engine } from "../index.ts";

const GUARD = join(import.meta.dirname, "bin", "pulumi");

/**
 * The engine behind its guard (see `guard.mjs`), as the Automation API takes it. Its version is known: to ask the guard
 * for it would start the CLI once more.
 */
export function guarded({ command, pulumi }: Engine): PulumiCommand {
  process.env.AI_API_ACCESS_ENGINE = command;
  return new Proxy(pulumi, {
    get: (target, name, receiver): unknown =>
      name === "command" ? GUARD : Reflect.get(target, name, receiver),
  });
}
