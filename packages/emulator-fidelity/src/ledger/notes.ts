/**
 * What is known about how like the vendors the emulators are. The notes are written by hand; `docs/SUPPORTED.md` is
 * made from them and from the routes.
 */
import type { RouteFacts } from "@ai-api-access/emulator-core";

/**
 * What an operation's answers rest on.
 *
 * - `recorded`: answers of the vendor were recorded, and `npx ai-api-access replay` compares them with what the tenant
 *   makes of the recorded requests.
 * - `echoed`: they were recorded, but each shows things from before the recording, which the replay's set-up takes from
 *   it: of these the comparison holds the form alone.
 * - `documented`: the vendor's documentation or its OpenAPI description says so; no recording shows it.
 * - `assumed`: neither says so; it follows its neighbors.
 */
export const BASES = ["recorded", "echoed", "documented", "assumed"] as const;
export type Basis = (typeof BASES)[number];

/** What there is to say about an operation. Each text is a whole sentence in the user's words, Markdown allowed. */
export interface OperationNote {
  /** Where the operation does something else than the vendor's, or less. */
  readonly differs?: readonly string[];
  /** Texts and rules of the tenant that no recording and no documentation confirms. */
  readonly unconfirmed?: readonly string[];
}

/**
 * Operations that belong together, by what they rest on: the names of their routes, separated by white space.
 */
export interface AreaNotes extends Readonly<Partial<Record<Basis, string>>> {
  /**
   * Collections of the tenant's store that hold what the operations read and write: a snapshot that is restored
   * (`PUT /_twin/snapshot`, `restore()`) sets them up. Empty when nothing is stored.
   */
  readonly setUp: readonly string[];
  /** What is true of all of the area's operations. */
  readonly differs?: readonly string[];
  /** By operation, for those about which there is something to say. */
  readonly notes?: Readonly<Record<string, OperationNote>>;
}

/** A tenant's notes. */
export interface TenantNotes {
  /** The vendor's name. */
  readonly vendor: string;
  /** What is true of every operation of the tenant. */
  readonly differs: readonly string[];
  /** By title, in the order of the page. */
  readonly areas: Readonly<Record<string, AreaNotes>>;
}

/** A tenant's routes with the notes on them. */
export interface NotedTenant {
  readonly routes: readonly RouteFacts[];
  readonly notes: TenantNotes;
}

/** The names of an area's operations that rest on something. */
export function operationsOf(area: AreaNotes, basis: Basis): string[] {
  return (area[basis] ?? "").split(/\s+/).filter((name) => name !== "");
}

/**
 * What is missing or wrong in the notes, each as a sentence that says what to do: a route without a name, a name that
 * two routes share, a route without notes, notes without a route, an operation that stands twice.
 */
export function gapsOf({ routes, notes }: NotedTenant): string[] {
  const where = `the notes on ${notes.vendor}`;
  const names = routes.map(({ operation }) => operation);
  const areas = Object.values(notes.areas);
  const noted = areas.flatMap((area) => BASES.flatMap((basis) => operationsOf(area, basis)));
  const remarked = areas.flatMap((area) => Object.keys(area.notes ?? {}));
  return [
    ...routes
      .filter(({ operation }) => operation.trim() === "")
      .map(({ method, path }) => `${method} ${path} has no operation name: give it the vendor's.`),
    ...twice(names).map((name) => `Two ${notes.vendor} routes are called ${name}: give each its own name.`),
    ...twice(noted).map((name) => `${name} stands twice in ${where}: leave one.`),
    ...[...names, ...remarked]
      .filter((name) => !noted.includes(name))
      .map((name) => `${name} is not in ${where}: add what it rests on and where it differs.`),
    ...noted
      .filter((name) => !names.includes(name))
      .map((name) => `${name} stands in ${where}, but no route is called so: take it out.`),
  ];
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
