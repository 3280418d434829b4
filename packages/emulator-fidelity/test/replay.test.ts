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

const FOLDER = join(process.cwd(), "../shared/recordings");

if (!existsSync(FOLDER)) {
  test.skip("the recordings of the vendors are not here (../shared/recordings), so they are not replayed", () => {
    // Nothing to replay.
  });
} else {
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
      const { agrees, known, ...others } = countsOf(interactionsOf(result));
      expect({ others, report: reportText(result) }).toMatchObject({
        others: { differs: 0, needs: 0, unserved: 0 },
      });
      expect(agrees + known).toBeGreaterThan(600);
    });

    test("stand in the ledger for at most one interaction in twenty", () => {
      const counts = countsOf(interactionsOf(result));
      expect(counts.known / interactionsOf(result).length).toBeLessThanOrEqual(0.05);
    });

    test.each(VENDORS)("are answered in the shapes of the SDK: %s", (vendor) => {
      expect(shapes[vendor].checked.size).toBeGreaterThan(5);
      expect(unknownShapes(shapes[vendor], vendor)).toEqual([]);
    });

    test("are read, every one of them", () => {
      expect(result.skipped).toEqual([]);
    });
  });
}
