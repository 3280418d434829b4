import type { Command } from "commander";
import type { Run } from "../context.ts";

export function registerReplay(program: Command, run: Run): void {
  program
    .command("replay")
    .description(
      "Replay recorded traffic of Auth0 and Okta against fresh local tenants and compare status and body of every answer.",
    )
    .argument("[folder]", "recordings in the format of go-vcr, in this folder and those in it")
    .option("--auth0", "only recordings of Auth0")
    .option("--okta", "only recordings of Okta")
    .option("--only <text>", "only recordings whose name holds this")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
Exit codes: 0 all is well, 1 something differs that does not stand in the ledger of known differences, 2 a wrong use.
docs/checked.md says more.`,
    )
    .action((folder: unknown, options: unknown) =>
      run(async (context) => {
        const { runReplay } = await import("./command.ts");
        return runReplay(folder, options, context);
      }),
    );
}
