import type { RouteFacts } from "@ai-api-access/emulator-core";
import type { KnownDifference } from "./known-difference.ts";
import { BASES, operationsOf } from "./notes.ts";
import type { AreaNotes, Basis, NotedTenant, OperationNote } from "./notes.ts";

const INTRODUCTION = blocks(
  "# What the local tenants support",
  "Made by `npm run supported` from the tenants' routes and the notes in `packages/emulator-fidelity/src/ledger`; a test fails when this " +
    "page is older than they are. What is not listed here is answered with a 501 that says so.",
  list([
    "**Read** and **write** are the vendor's operations. **Set-up** is a way past them: a snapshot, taken and put back " +
      "with `GET` and `PUT /_twin/snapshot` (or `snapshot()` and `restore()` from code), brings a tenant into any state.",
    "**Scope** is what the caller's token has to carry; one of several will do. The fixed local API token carries all.",
    "**Recorded**: answers of the vendor were recorded, by the suites of its official Terraform provider, and " +
      "`npx ai-api-access replay` holds the tenant to them: values, order, times and the headers that clients read. " +
      "**Echoed**: they were too, but each shows things from before the recording, which the replay first puts into the " +
      "tenant, so that it holds the form alone. " +
      "**Documented**: the vendor's documentation says so, and no recording shows it. **Assumed**: neither does; it is " +
      "made in the manner of its neighbors.",
    "**Unconfirmed**: texts and rules that the tenant answers with though no recording and no documentation shows them.",
  ]),
);

/** The page `docs/SUPPORTED.md`, before it is formatted. */
export function supportedPage(tenants: readonly NotedTenant[], known: readonly KnownDifference[]): string {
  return `${blocks(INTRODUCTION, summary(tenants), ...tenants.map(section), knownDifferences(known))}\n`;
}

/** An operation's row: its route, what it rests on, and what there is to say about it. */
interface Row {
  readonly route: RouteFacts;
  readonly basis: Basis;
  readonly note: OperationNote;
}

/** The operations of an area, in the order of the routes. */
function rowsOf(area: AreaNotes, routes: readonly RouteFacts[]): Row[] {
  return routes.flatMap((route) => {
    const basis = BASES.find((each) => operationsOf(area, each).includes(route.operation));
    return basis === undefined ? [] : [{ route, basis, note: area.notes?.[route.operation] ?? {} }];
  });
}

function isRead({ route }: Row): boolean {
  return route.method === "GET";
}

function summary(tenants: readonly NotedTenant[]): string {
  const count = (number: number) => (number === 0 ? "–" : String(number));
  const rows = tenants.flatMap(({ routes, notes }) =>
    Object.entries(notes.areas).map(([title, area]) => {
      const all = rowsOf(area, routes);
      const reads = all.filter(isRead).length;
      const setUp = area.setUp.length === 0 ? "–" : "yes";
      return [notes.vendor, title, count(reads), count(all.length - reads), setUp];
    }),
  );
  const total = tenants.map(({ routes, notes }) => `${String(routes.length)} of ${notes.vendor}`).join(", ");
  return blocks(`Operations: ${total}.`, table(["Vendor", "Area", "Read", "Write", "Set-up"], rows));
}

function section({ routes, notes }: NotedTenant): string {
  const areas = Object.entries(notes.areas).map(([title, area]) => areaSection(title, area, routes));
  return blocks(`## ${notes.vendor}`, list(notes.differs), ...areas);
}

function areaSection(title: string, area: AreaNotes, routes: readonly RouteFacts[]): string {
  const { setUp, differs = [] } = area;
  const rows = rowsOf(area, routes);
  return blocks(
    `### ${title}`,
    setUp.length === 0
      ? "Set-up: nothing is stored."
      : `Set-up: ${setUp.map(code).join(", ")} of a snapshot.`,
    list(differs),
    table(
      ["Operation", "Request", "Kind", "Scope", "Rests on"],
      rows.map((row) => [
        code(row.route.operation),
        code(`${row.route.method} ${row.route.path}`),
        isRead(row) ? "read" : "write",
        scopeOf(row.route),
        row.basis === "assumed" ? "**assumed**" : row.basis,
      ]),
    ),
    sentences("Differs from the vendor:", rows, ({ note }) => note.differs),
    sentences("Unconfirmed:", rows, ({ note }) => note.unconfirmed),
  );
}

function scopeOf({ access }: RouteFacts): string {
  if (access === "public") return "none: public";
  return access === "authenticated" ? "any good token" : access.map(code).join(" or ");
}

function sentences(
  head: string,
  rows: readonly Row[],
  of: (row: Row) => readonly string[] | undefined,
): string {
  const items = rows.flatMap((row) =>
    (of(row) ?? []).map((sentence) => `${code(row.route.operation)}: ${sentence}`),
  );
  return items.length === 0 ? "" : `${head}\n\n${list(items)}`;
}

const WITNESSES = { recordings: "recordings", sdk: "SDK types" };
const VENDORS = { auth0: "Auth0", okta: "Okta" };
const KINDS = {
  status: "another status",
  missing: "missing",
  extra: "more than the vendor's",
  value: "another value",
  order: "another order",
  time: "a time that lies elsewhere",
  header: "a header",
};

function knownDifferences(known: readonly KnownDifference[]): string {
  return blocks(
    "## Known differences",
    "Every difference between the tenants' answers and the vendors' that the checks found and that stays. " +
      "Anything else that differs fails `npx ai-api-access replay` or the tests.",
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

/** A Markdown table. A bar in a cell is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Paragraphs, lists and tables with an empty line between them; empty ones fall out. */
function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
