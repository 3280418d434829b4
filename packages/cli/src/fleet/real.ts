/** The stacks of real tenants, as the Pulumi CLI lists them. */
import { LocalWorkspace, type PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { fits, noneFits } from "./names.ts";
import { typed, type FleetStack } from "./stack.ts";

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
  const workspace = await LocalWorkspace.create({ workDir: folder, pulumiCommand: pulumi });
  const all = (await workspace.listStacks()).map(({ name }) => name);
  const names = all.filter((name) => fits(name, stacks)).toSorted();
  if (names.length === 0) throw noneFits(stacks, all);
  return names.map((name) => ({
    name,
    run: (command, signal) => {
      const consent = command === "preview" ? [] : ["--yes", "--skip-preview"];
      const args = [command, "--stack", name, "--non-interactive", "--color=never", ...consent];
      return typed({ file: pulumi.command, args, cwd: folder }, signal);
    },
  }));
}
