/**
 * Claim: where the vendors' own answers were recorded, the local tenants give the same status and the same body, but
 * for ids, times and secrets, and for what stands in the ledger.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { reportText } from "../src/replay/report.ts";
import { VENDORS } from "../src/replay/recordings/recording.ts";
import { run } from "../src/replay/run.ts";
import { Targets } from "../src/replay/target.ts";
import { countsOf, interactionsOf } from "../src/replay/verdict.ts";
import type { Result } from "../src/replay/verdict.ts";
import { ShapeCheck } from "./shapes/check.ts";
import { unknownShapes } from "./shapes/unknown.ts";
import { allKnownDifferences } from "../src/ledger/differences.ts";
import { operationsOf } from "../src/ledger/notes.ts";
import { notedTenants } from "../src/ledger/tenants.ts";

/**
 * The folders, with how many interactions have to agree or be known, and the share that may be known (fourteen of the
 * newer folder are of 2025, before connections said what they authenticate; in nine Okta has not yet noted the time of
 * a membership).
 */
const FOLDERS = [
  { folder: "recordings", most: 600, inLedger: 0.05 },
  { folder: "recordings-next", most: 350, inLedger: 0.09 },
];

describe.each(FOLDERS)("$folder", ({ folder, most, inLedger }) => {
  const FOLDER = join(process.cwd(), "../shared", folder);
  if (!existsSync(FOLDER)) {
    test.skip(`the recordings of the vendors are not here (../shared/${folder}), so they are not replayed`, () => {
      // Nothing to replay.
    });
    return;
  }
  describe("the recordings of the vendors", () => {
    const targets = new Targets();
    const shapes = { auth0: new ShapeCheck("auth0"), okta: new ShapeCheck("okta") };
    let result: Result;
    beforeAll(async () => {
      result = await run(
        { folder: FOLDER, vendors: VENDORS },
        allKnownDifferences,
        targets,
        (vendor, ...answer) => {
          shapes[vendor].look(...answer);
        },
      );
    });
    afterAll(() => targets.close());

    test("agree, interaction by interaction, or stand in the ledger", () => {
      const { agrees, known, differs, needs } = countsOf(interactionsOf(result));
      expect({ differs, needs, report: reportText(result) }).toMatchObject({ differs: 0, needs: 0 });
      expect(agrees + known).toBeGreaterThan(most);
    });

    test("are what the page of supported operations says that they are held against", () => {
      const shown = interactionsOf(result).filter(({ verdict, echo }) => verdict === "agrees" && !echo);
      const unnoted = notedTenants.flatMap(({ routes, notes }) => {
        const noted = Object.values(notes.areas).flatMap((area) => operationsOf(area, "recorded"));
        return routes.map(({ operation }) => operation).filter((name) => !noted.includes(name));
      });
      const operations = new Set(shown.map(({ operation }) => operation));
      expect(unnoted.filter((name) => operations.has(name))).toEqual([]);
    });

    test("are served, all of them", () => {
      const gaps = interactionsOf(result).filter(({ verdict }) => verdict === "unserved");
      expect(gaps.map(({ interaction }) => interaction.path)).toEqual([]);
    });

    test("stand in the ledger for few interactions", () => {
      const counts = countsOf(interactionsOf(result));
      expect(counts.known / interactionsOf(result).length).toBeLessThanOrEqual(inLedger);
    });

    test.each(VENDORS)("are answered in the shapes of the SDK: %s", (vendor) => {
      expect(shapes[vendor].checked.size).toBeGreaterThan(5);
      expect(unknownShapes(shapes[vendor], vendor)).toEqual([]);
    });

    test("are read, every one of them", () => {
      expect(result.skipped).toEqual([]);
    });
  });
});
