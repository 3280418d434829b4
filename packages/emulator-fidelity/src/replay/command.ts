/** Holds the local tenants to recordings of the vendors' answers, and prints what differs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { allKnownDifferences } from "../ledger/differences.ts";
import { VENDORS, type VendorName } from "./recordings/recording.ts";
import { reportData, reportText } from "./report.ts";
import { run } from "./run.ts";
import { Targets } from "./target.ts";
import { isClean } from "./verdict.ts";

/** Recordings are not kept in the repository, but beside it. */
const USUAL_FOLDER = join(repositoryRoot, "../shared/recordings");

export interface ReplayOptions {
  readonly folder: string | undefined;
  /** All of them when empty. */
  readonly vendors: readonly VendorName[];
  readonly only: string | undefined;
  readonly json: boolean;
}

/** The exit code: 1 when something differs that the ledger does not know, or the folder is not there. */
export async function replayCommand({
  folder = USUAL_FOLDER,
  vendors,
  only,
  json,
}: ReplayOptions): Promise<number> {
  if (existsSync(folder)) {
    const targets = new Targets();
    const asked = vendors.length === 0 ? VENDORS : vendors;
    const result = await run({ folder, vendors: asked, only }, allKnownDifferences, targets);
    await targets.close();
    console.log(json ? JSON.stringify(reportData(result), null, 2) : reportText(result));
    return isClean(result) ? 0 : 1;
  }
  if (folder === USUAL_FOLDER) {
    console.log(
      `There are no recordings at ${folder}, so nothing was replayed. ` +
        "Recordings are not part of the repository; name a folder that has some: npx ai-api-access replay FOLDER",
    );
    return 0;
  }
  console.error(`There is no folder or file ${folder}. Name one that holds recordings (.yaml) of go-vcr.`);
  return 1;
}
