/** What `ai-api-access doctor` does: finds by reading alone what stands in the way of an `up`. */
import { STACK } from "@ai-api-access/local/project.ts";
import { UserError } from "@ai-api-access/user-error";
import { say } from "../shared/run.ts";
import { diagnose } from "./doctor.ts";
import type { DoctorInput } from "./input.ts";
import { withLocalStack, withRealStack } from "./open.ts";
import type { Options } from "./register.ts";
import { describe, isHealthy } from "./report.ts";
import { checkTools } from "./tools.ts";

/** The exit code: 1 when something is wrong. */
export async function doctorCommand({ stack, json, config }: Options, signal: AbortSignal): Promise<number> {
  if (stack !== STACK && config !== undefined) {
    throw new UserError("--config is for the stack of the twin (--stack local).");
  }
  const report = async (input: DoctorInput | undefined, tools = input?.tools): Promise<number> => {
    const checks = input !== undefined ? await diagnose(input) : tools ? checkTools(tools) : [];
    const healthy = isHealthy(checks);
    if (json) say(JSON.stringify({ stack, healthy, checks }, null, 2));
    else for (const line of describe(checks, stack)) say(line);
    return healthy ? 0 : 1;
  };
  // Progress goes beside the report.
  return stack === STACK
    ? withLocalStack({ config: config ?? {}, say: console.error, signal }, report)
    : withRealStack({ name: stack, folder: process.cwd() }, report);
}
