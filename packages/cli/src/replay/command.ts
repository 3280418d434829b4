/** `ai-api-access replay`: holds the local tenants to recordings of the vendors' answers. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { allKnownDifferences } from "@ai-api-access/emulator-fidelity/ledger/differences.ts";
import { VENDORS } from "@ai-api-access/emulator-fidelity/replay/recordings/recording.ts";
import { reportData, reportText } from "@ai-api-access/emulator-fidelity/replay/report.ts";
import { run } from "@ai-api-access/emulator-fidelity/replay/run.ts";
import { Targets } from "@ai-api-access/emulator-fidelity/replay/target.ts";
import { isClean } from "@ai-api-access/emulator-fidelity/replay/verdict.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import type { Context } from "../context.ts";

/** Recordings are not kept in the repository, but beside it. */
const USUAL_FOLDER = join(repositoryRoot, "../shared/recordings");

const optionsSchema = z.object({
  auth0: z.boolean().default(false),
  okta: z.boolean().default(false),
  only: z.string().optional(),
  json: z.boolean().default(false),
});

/** @returns 1 when something differs that does not stand in the ledger of known differences, else 0 */
export async function runReplay(named: unknown, raw: unknown, { print }: Context): Promise<number> {
  const folder = z.string().default(USUAL_FOLDER).parse(named);
  const { only, json, ...options } = optionsSchema.parse(raw);
  if (!existsSync(folder)) {
    if (folder !== USUAL_FOLDER) {
      throw new UserError(
        `There is no folder or file ${folder}. Name one that holds recordings (.yaml) of go-vcr.`,
      );
    }
    print(
      `There are no recordings at ${folder}, so nothing was replayed. Recordings are not part of the repository; ` +
        "name a folder that has some: npx ai-api-access replay FOLDER",
    );
    return 0;
  }
  const vendors = VENDORS.filter((vendor) => options[vendor]);
  const targets = new Targets();
  const selection = { folder, vendors: vendors.length === 0 ? VENDORS : vendors, only };
  const result = await run(selection, allKnownDifferences, targets);
  await targets.close();
  print(json ? JSON.stringify(reportData(result), null, 2) : reportText(result));
  return isClean(result) ? 0 : 1;
}
