/** `npm start`: the whole stack on the local twin, from nothing. */
import { Command } from "commander";
import { inSession } from "@ai-api-access/local/session.ts";
import { printOutputs } from "@ai-api-access/local/outputs.ts";
import { providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";
import { z } from "zod";

const cli = new Command("npm start --")
  .description("Brings up the stack on the local twin (local stand-ins for Auth0 and Okta), from nothing.")
  .option(...providersOption)
  .parse();
const { providers } = z.object({ providers: z.enum(["official", "stand-in"]).optional() }).parse(cli.opts());

await runCommand((signal) =>
  inSession({ providers, say, signal }, async (twin) => {
    await twin.run("up", {
      signal,
      suppressOutputs: true,
      color: process.stdout.isTTY ? "always" : "never",
      onOutput: (text) => process.stdout.write(text),
    });
    printOutputs(await twin.outputs(), say);
    say("");
    say("What to try next:");
    say("  npm start                     again: nothing changes");
    say("  npm run local -- preview      after a change in Pulumi.local.yaml");
    say("  npm run local -- destroy      takes the stack away");
    say("  npm run tenants               serves the tenants until stopped, for any client");
    return 0;
  }),
);
