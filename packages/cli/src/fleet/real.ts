/** The stacks of real tenants, as the Pulumi CLI lists them. */
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import { fits, noneFits } from "./names.ts";
import { typed, type FleetCommand, type FleetStack } from "./stack.ts";

const CHANGE_AT_ONCE = ["--yes", "--skip-preview"];

export interface RealFleetOptions {
  /** A glob, matched with the last part of a stack's name: `customer-*`. */
  readonly stacks: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  readonly pulumi: PulumiCommand;
}

/**
 * The stacks that fit, in the order of their names.
 *
 * @throws UserError when none does
 */
export async function realFleet({ stacks, folder, pulumi }: RealFleetOptions): Promise<FleetStack[]> {
  const workspace = await openWorkspace({ workDir: folder, pulumiCommand: pulumi });
  const all = (await workspace.listStacks()).map(({ name }) => name);
  const names = all.filter((name) => fits(name, stacks)).toSorted();
  if (names.length === 0) throw noneFits(stacks, all);
  return names.map((name) => ({
    name,
    run: (command, signal) =>
      typed({ file: pulumi.command, args: argumentsFor(command, name), cwd: folder }, signal),
  }));
}

/** What to type. Only its preview refuses a `destroy` of something protected before all the rest is deleted. */
export function argumentsFor(command: FleetCommand, name: string): string[] {
  const consent = { preview: [], up: CHANGE_AT_ONCE, refresh: CHANGE_AT_ONCE, destroy: ["--yes"] }[command];
  return [command, "--stack", name, "--non-interactive", "--color=never", ...consent];
}
