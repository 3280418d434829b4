/** `ai-api-access doctor`: what stands in the way of an `up`, found by reading alone. */
import { UserError } from "@ai-api-access/user-error";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { STACK } from "@ai-api-access/local/project.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { configsOf } from "../fleet/twin.ts";
import { diagnose } from "./doctor.ts";
import type { DoctorInput } from "./input.ts";
import { withLocalStack, withRealStack } from "./open.ts";
import { describe, isHealthy } from "./report.ts";

const optionsSchema = z.object({
  stack: z.string(),
  json: z.boolean().default(false),
  config: configSchema,
  twin: z.boolean().default(false),
  folder: z.string().default(repositoryRoot),
});

/** @returns 0 when nothing is wrong, else 1 */
export async function runDoctor(raw: unknown, { print, say, untilStopped }: Context): Promise<number> {
  const { stack, json, config, twin, folder } = optionsSchema.parse(raw);
  if (stack !== STACK && config !== undefined) {
    throw new UserError("--config is for the stack of the twin (--stack local).");
  }
  const report = async (input: DoctorInput): Promise<number> => {
    const checks = await diagnose(input);
    const healthy = isHealthy(checks);
    if (json) print(JSON.stringify({ stack, healthy, checks }, null, 2));
    else describe(checks, stack).forEach(print);
    return healthy ? 0 : 1;
  };
  const signal = untilStopped();
  if (stack === STACK) return withLocalStack({ config: config ?? {}, say, signal }, report);
  if (!twin) return withRealStack({ name: stack, folder: process.cwd() }, report);
  const own = configsOf(folder, stack).get(stack) ?? {};
  return withLocalStack({ config: own, fleet: stack, say, signal }, report);
}
