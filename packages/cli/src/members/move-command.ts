/** `ai-api-access members move`: people change hands between `members` and `membersFile`. */
import { z } from "zod";
import type { Context } from "../context.ts";
import { confirm } from "../shared/confirm.ts";
import { configSchema } from "../shared/config-option.ts";
import { providersSchema } from "../shared/options.ts";
import { withStack } from "../shared/stack/open.ts";
import { move } from "./move.ts";

const optionsSchema = z.object({
  stack: z.string(),
  yes: z.boolean().default(false),
  config: configSchema,
  providers: providersSchema,
});

export async function runMove(raw: unknown, context: Context): Promise<number> {
  const { yes, ...named } = optionsSchema.parse(raw);
  const outcome = await withStack(named, context, (opened) =>
    move({ ...opened, confirm: async () => yes || confirm("Move them?"), say: context.print }),
  );
  return outcome === "declined" ? 1 : 0;
}
