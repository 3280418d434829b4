import { allKnownDifferences } from "../../src/ledger/differences.ts";
import { entryFor } from "../../src/ledger/known-difference.ts";
import type { ShapeCheck } from "./check.ts";
import type { SdkVendor } from "./schemas.ts";

/** What a check found that does not stand in the list of known differences, a line each. */
export function unknownShapes({ found }: ShapeCheck, vendor: SdkVendor): string[] {
  return found
    .filter((one) => entryFor(allKnownDifferences, { ...one, vendor, witness: "sdk" }) === undefined)
    .map(({ operation, kind, at, detail }) => `${operation}: ${kind} ${at} (${detail})`);
}
