import type { RouteFacts } from "@ai-api-access/emulator-core";
import type { AreaNotes, Basis, OperationNote } from "../note.ts";
import { blocks, code, list, table } from "./markdown.ts";

/** An operation with its route and its note. */
export interface Entry {
  readonly route: RouteFacts;
  readonly note: OperationNote;
}

const BASES: Readonly<Record<Basis, string>> = {
  recorded: "recorded",
  documented: "documented",
  assumed: "**assumed**",
};

/** The operations of an area, in the order of the routes. */
export function entriesOf(area: AreaNotes, routes: readonly RouteFacts[]): Entry[] {
  return routes.flatMap((route) => {
    const note = area.operations[route.operation];
    return note === undefined ? [] : [{ route, note }];
  });
}

/** Whether an operation changes nothing. */
export function isRead({ route }: Entry): boolean {
  return route.method === "GET";
}

/** An area's section. */
export function areaSection(title: string, area: AreaNotes, routes: readonly RouteFacts[]): string {
  const entries = entriesOf(area, routes);
  return blocks(
    `### ${title}`,
    setUpOf(area),
    list(area.differs ?? []),
    table(
      ["Operation", "Request", "Kind", "Scope", "Rests on"],
      entries.map((entry) => [
        code(entry.route.operation),
        code(`${entry.route.method} ${entry.route.path}`),
        isRead(entry) ? "read" : "write",
        scopeOf(entry.route),
        BASES[entry.note.basis],
      ]),
    ),
    sentences("Differs from the vendor:", entries, ({ differs = [] }) => differs),
    sentences("Unconfirmed:", entries, ({ unconfirmed = [] }) => unconfirmed),
  );
}

function setUpOf({ setUp }: AreaNotes): string {
  return setUp.length === 0
    ? "Set-up: nothing is stored."
    : `Set-up: ${setUp.map(code).join(", ")} of a snapshot.`;
}

function scopeOf({ access }: RouteFacts): string {
  if (access === "public") return "none: public";
  return access === "authenticated" ? "any good token" : access.map(code).join(" or ");
}

function sentences(
  head: string,
  entries: readonly Entry[],
  of: (note: OperationNote) => readonly string[],
): string {
  const items = entries.flatMap(({ route, note }) =>
    of(note).map((sentence) => `${code(route.operation)}: ${sentence}`),
  );
  return items.length === 0 ? "" : `${head}\n\n${list(items)}`;
}
