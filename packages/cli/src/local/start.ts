/** What `npm start` does: the whole stack on the local twin, from nothing. */
import { printOutputs } from "@ai-api-access/local/outputs.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { say } from "../shared/run.ts";

export function startCommand(providers: ProviderKind | undefined, signal: AbortSignal): Promise<number> {
  return inSession({ providers, say, signal }, async (twin) => {
    await twin.run("up", {
      signal,
      suppressOutputs: true,
      color: process.stdout.isTTY ? "always" : "never",
      onOutput: (text) => process.stdout.write(text),
    });
    printOutputs(await twin.outputs(), say);
    say("");
    say("What to try next:");
    say("  npm start                           again: nothing changes");
    say("  npx ai-api-access local preview     after a change in Pulumi.local.yaml");
    say("  npx ai-api-access local destroy     takes the stack away");
    say("  npx ai-api-access tenants           serves the tenants until stopped, for any client");
    return 0;
  });
}
