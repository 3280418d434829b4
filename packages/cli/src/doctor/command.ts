/** `ai-api-access doctor`: what stands in the way of an `up`, found by reading alone. */
import { UserError } from "@ai-api-access/user-error";
import { STACK } from "@ai-api-access/local/project.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { diagnose } from "./doctor.ts";
import type { DoctorInput } from "./input.ts";
import { withLocalStack, withRealStack } from "./open.ts";
import { describe, isHealthy } from "./report.ts";
import { checkTools } from "./tools.ts";

const optionsSchema = z.object({
  stack: z.string(),
  json: z.boolean().default(false),
  config: configSchema,
});

/** @returns 0 when nothing is wrong, else 1 */
export async function runDoctor(raw: unknown, { print, say, untilStopped }: Context): Promise<number> {
  const { stack, json, config } = optionsSchema.parse(raw);
  if (stack !== STACK && config !== undefined) {
    throw new UserError("--config is for the stack of the twin (--stack local).");
  }
  const report = async (input: DoctorInput | undefined, tools = input?.tools): Promise<number> => {
    const checks = input !== undefined ? await diagnose(input) : tools ? checkTools(tools) : [];
    const healthy = isHealthy(checks);
    if (json) print(JSON.stringify({ stack, healthy, checks }, null, 2));
    else describe(checks, stack).forEach(print);
    return healthy ? 0 : 1;
  };
  const signal = untilStopped();
  return stack === STACK
    ? withLocalStack({ config: config ?? {}, say, signal }, report)
    : withRealStack({ name: stack, folder: process.cwd() }, report);
}
