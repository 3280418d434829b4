import type { KnownDifference } from "../known-difference.ts";
import type { NotedTenant } from "../tenants.ts";
import { areaSection, entriesOf, isRead } from "./area.ts";
import { knownDifferencesSection } from "./known-differences.ts";
import { blocks, list, table } from "./markdown.ts";

const INTRODUCTION = blocks(
  "# What the local tenants support",
  "Made by `npm run supported` from the tenants' routes and the notes in `local/tenants/ledger`; a test fails when this " +
    "page is older than they are. What is not listed here is answered with the vendor's 404.",
  list([
    "**Read** and **write** are the vendor's operations. **Set-up** is a way past them: a snapshot, taken and put back " +
      "with `GET` and `PUT /_twin/snapshot` (or `snapshot()` and `restore()` from code), brings a tenant into any state.",
    "**Scope** is what the caller's token has to carry; one of several will do. The fixed local API token carries all.",
    "**Recorded**: answers of the vendor were recorded, and `npm run replay` holds the tenant to them. " +
      "**Documented**: the vendor's documentation says so, and no recording shows it. **Assumed**: neither does; it is " +
      "made in the manner of its neighbors.",
    "**Unconfirmed**: texts and rules that the tenant answers with though no recording and no documentation shows them.",
  ]),
);

/** The page `docs/SUPPORTED.md`, before it is formatted. */
export function supportedPage(tenants: readonly NotedTenant[], known: readonly KnownDifference[]): string {
  return `${blocks(INTRODUCTION, summary(tenants), ...tenants.map(section), knownDifferencesSection(known))}\n`;
}

function summary(tenants: readonly NotedTenant[]): string {
  const rows = tenants.flatMap(({ routes, notes }) =>
    Object.entries(notes.areas).map(([title, area]) => {
      const entries = entriesOf(area, routes);
      const reads = entries.filter(isRead).length;
      const count = (number: number) => (number === 0 ? "–" : String(number));
      return [
        notes.vendor,
        title,
        count(reads),
        count(entries.length - reads),
        area.setUp.length === 0 ? "–" : "yes",
      ];
    }),
  );
  const total = tenants.map(({ routes, notes }) => `${String(routes.length)} of ${notes.vendor}`).join(", ");
  return blocks(`Operations: ${total}.`, table(["Vendor", "Area", "Read", "Write", "Set-up"], rows));
}

function section({ routes, notes }: NotedTenant): string {
  const areas = Object.entries(notes.areas).map(([title, area]) => areaSection(title, area, routes));
  return blocks(`## ${notes.vendor}`, list(notes.differs), ...areas);
}
