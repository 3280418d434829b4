/** `npm run replay`: holds the local tenants to recordings of the vendors' answers. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { allKnownDifferences } from "../ledger/differences.ts";
import { VENDORS } from "./recordings/recording.ts";
import { reportData, reportText } from "./report.ts";
import { run } from "./run.ts";
import { Targets } from "./target.ts";
import { isClean } from "./verdict.ts";

/** Recordings are not kept in the repository, but beside it. */
const USUAL_FOLDER = join(repositoryRoot, "../shared/recordings");

const cli = new Command("npm run replay --")
  .description(
    "Replays recorded traffic of Auth0 and Okta against fresh local tenants and compares status and body of every " +
      "answer. Exits with 1 when something differs that does not stand in the ledger of known differences.",
  )
  .argument("[folder]", "recordings in the format of go-vcr, in this folder and those in it", USUAL_FOLDER)
  .option("--auth0", "only recordings of Auth0")
  .option("--okta", "only recordings of Okta")
  .option("--only <text>", "only recordings whose name holds this")
  .option("--json", "print the report as JSON")
  .parse();

const options = z
  .object({
    auth0: z.boolean().default(false),
    okta: z.boolean().default(false),
    only: z.string().optional(),
    json: z.boolean().default(false),
  })
  .parse(cli.opts());
const [folder = USUAL_FOLDER] = cli.processedArgs.map(String);

if (existsSync(folder)) {
  const named = VENDORS.filter((vendor) => options[vendor]);
  const targets = new Targets();
  const vendors = named.length === 0 ? VENDORS : named;
  const result = await run({ folder, vendors, only: options.only }, allKnownDifferences, targets);
  await targets.close();
  console.log(options.json ? JSON.stringify(reportData(result), null, 2) : reportText(result));
  if (!isClean(result)) process.exitCode = 1;
} else if (folder === USUAL_FOLDER) {
  console.log(
    `There are no recordings at ${folder}, so nothing was replayed. ` +
      "Recordings are not part of the repository; name a folder that has some: npm run replay -- FOLDER",
  );
} else {
  console.error(`There is no folder or file ${folder}. Name one that holds recordings (.yaml) of go-vcr.`);
  process.exitCode = 1;
}
