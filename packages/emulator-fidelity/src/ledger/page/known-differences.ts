import type { KnownDifference, Witness } from "../known-difference.ts";
import { blocks, code, table } from "./markdown.ts";

const WITNESSES: Readonly<Record<Witness, string>> = {
  recordings: "recordings",
  sdk: "SDK types",
};
const VENDORS = { auth0: "Auth0", okta: "Okta" } as const;
const KINDS = {
  status: "another status",
  missing: "missing",
  extra: "more than the vendor's",
  value: "another value",
  order: "another order",
} as const;

/** The section with all known differences. */
export function knownDifferencesSection(known: readonly KnownDifference[]): string {
  return blocks(
    "## Known differences",
    "Every difference between the tenants' answers and the vendors' that the checks found and that stays. " +
      "Anything else that differs fails `npm run replay` or the tests.",
    known.length === 0
      ? "There is none."
      : table(
          ["Vendor", "Against", "Operations", "Where", "What", "Why it stays"],
          known.map((entry) => [
            VENDORS[entry.vendor],
            [WITNESSES[entry.witness], ...(entry.recordings ?? []).map(code)].join(" "),
            entry.operations.map(code).join(", "),
            entry.at.map((place) => (place === "" ? "the whole answer" : code(place))).join(", "),
            KINDS[entry.kind],
            entry.reason,
          ]),
        ),
  );
}
