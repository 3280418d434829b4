/** `ai-api-access adopt`: takes what exists into a stack. */
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { idsSchema, providersSchema } from "../shared/options.ts";
import { withStack } from "../shared/stack/open.ts";
import { adopt } from "./adopt.ts";

const optionsSchema = z.object({
  stack: z.string(),
  plan: z.boolean().default(false),
  id: idsSchema,
  config: configSchema,
  providers: providersSchema,
});

/** @returns 0 when the stack has everything that is there, 2 when something has to be chosen first */
export async function runAdopt(raw: unknown, context: Context): Promise<number> {
  const { id: chosen, plan: planOnly, ...named } = optionsSchema.parse(raw);
  const { steps } = await withStack(named, context, (opened) =>
    adopt({ ...opened, chosen, planOnly, say: context.print }),
  );
  return steps.some(({ kind }) => kind === "choose") ? 2 : 0;
}
