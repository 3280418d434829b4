/**
 * A lane of the fault walk in a process of its own: of two programs that run inline in one process, each would fail by
 * what the other throws. Its first message is the providers, each further one a place; it answers every one.
 */
import { z } from "zod";
import { findEngine } from "../../local/engine/index.ts";
import { loadProgram } from "../../local/twin/program.ts";
import { PROVIDER_KINDS } from "../../local/twin/providers.ts";
import { VENDORS } from "../load/client.ts";
import { ruleOf } from "./matrix.ts";
import { Walk } from "./walk.ts";

const providersSchema = z.object({
  kind: z.enum(PROVIDER_KINDS),
  paths: z.array(z.object({ name: z.string(), path: z.string() })),
  environment: z.record(z.string(), z.string()),
});
const placeSchema = z.object({
  vendor: z.enum(VENDORS),
  method: z.string(),
  skip: z.number(),
  effect: z.string(),
});

process.once("message", (message) => {
  void work(providersSchema.parse(message));
});

async function work(providers: z.infer<typeof providersSchema>): Promise<void> {
  const walk = await Walk.begin({ engine: await findEngine(), program: loadProgram(), providers });
  const undisturbed = await walk.undisturbed();
  process.on("message", (message) => {
    const place = placeSchema.parse(message);
    void walk
      .disturbed({ rules: { [place.vendor]: [ruleOf(place)] } }, undisturbed)
      .then((walked) => process.send?.(walked));
  });
  process.once("disconnect", () => {
    void walk.close().then(() => process.exit(0));
  });
  process.send?.(undisturbed.requests);
}
