import { serve } from "@ai-api-access/provider-kit";
import { providerOf } from "./provider.ts";
import type { Tables } from "./resource.ts";

/** Serves a stand-in to the engine until that lets go; it says in the engine's log that it is one. */
export async function serveStandIn<Api>(tables: Tables<Api>): Promise<void> {
  await serve((engine) => {
    engine.log(
      "debug",
      `A stand-in for the official ${tables.name} plugin answers, for the local twin only.`,
    );
    return providerOf(tables);
  });
}
