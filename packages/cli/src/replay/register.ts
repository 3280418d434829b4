import { VENDORS } from "@ai-api-access/emulator-fidelity/replay/recordings/recording.ts";
import type { Command } from "commander";
import { z } from "zod";

const optionsSchema = z.object({
  auth0: z.boolean().default(false),
  okta: z.boolean().default(false),
  only: z.string().optional(),
  json: z.boolean().default(false),
});

export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description(
      "Replay recorded traffic of Auth0 and Okta against fresh local tenants and compare status and body of every " +
        "answer. Exits with 1 when something differs that does not stand in the ledger of known differences.",
    )
    .argument(
      "[folder]",
      "recordings in the format of go-vcr, in this folder and those in it (default: ../shared/recordings)",
    )
    .option("--auth0", "only recordings of Auth0")
    .option("--okta", "only recordings of Okta")
    .option("--only <text>", "only recordings whose name holds this")
    .option("--json", "print the report as JSON")
    .action(async (folder: string | undefined, raw: unknown) => {
      const { only, json, ...vendors } = optionsSchema.parse(raw);
      const named = VENDORS.filter((vendor) => vendors[vendor]);
      const { replayCommand } = await import("@ai-api-access/emulator-fidelity/replay/command.ts");
      process.exitCode = await replayCommand({ folder, vendors: named, only, json });
    });
}
