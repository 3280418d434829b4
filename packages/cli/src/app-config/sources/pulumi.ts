import { z } from "zod";
import { Mistake } from "../mistake.ts";
import type { Asked, Outputs } from "./source.ts";
import { CommandFailed, run } from "./run.ts";

/** The last update comes first. Backends that keep files do not count updates and say 0. */
const historySchema = z.tuple([z.object({ version: z.number(), startTime: z.iso.datetime() })], z.unknown());

/**
 * The outputs of a stack as the Pulumi CLI on PATH has them.
 *
 * @throws Mistake when it cannot be asked, in its own words
 */
export async function fromPulumi({ stack, showSecrets }: Asked & { stack: string }): Promise<Outputs> {
  const about = ["--stack", stack, "--non-interactive"];
  const [values, last] = await Promise.all([
    pulumi(["stack", "output", "--json", ...(showSecrets ? ["--show-secrets"] : []), ...about], stack),
    pulumi(["stack", "history", "--json", "--page-size", "1", ...about], stack),
  ]);
  const history = historySchema.safeParse(last);
  if (!history.success) {
    throw new Mistake(`Stack ${stack} was never brought up.`, `  next: pulumi up --stack ${stack}`);
  }
  const [{ version, startTime }] = history.data;
  return {
    values,
    stamp: { stack, outputsOf: startTime, ...(version > 0 && { update: version }) },
    secretCommand: `pulumi stack output clientSecret --show-secrets --stack ${stack}`,
    next: `pulumi up --stack ${stack}`,
  };
}

async function pulumi(args: readonly string[], stack: string): Promise<unknown> {
  try {
    return JSON.parse(await run("pulumi", args));
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.missing) {
      throw new Mistake(
        "The Pulumi CLI (pulumi) is not on PATH.",
        "  next: install it (https://www.pulumi.com/docs/install/), or give the outputs as JSON:",
        "        --from FILE, or --from - for standard input; for the local twin: --twin",
      );
    }
    throw new Mistake(
      `Pulumi cannot give the outputs of stack ${stack}: ${error.message}`,
      "  next: pulumi stack ls",
    );
  }
}
