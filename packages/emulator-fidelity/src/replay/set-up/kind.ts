import type { Collections } from "../target.ts";

/** A thing as an answer shows it. */
export type Shown = Readonly<Record<string, unknown>>;

interface Common {
  readonly name: string;
  /** The operations that show such things: one, or a list of them, bare or under one of the body's properties. */
  readonly shownBy: readonly string[];
}

/** A property of the tenant itself: settings and features, which show in what it answers. */
export interface Fact extends Common {
  readonly by: "fact";
  /** Whether refusals show it too. */
  readonly inRefusals?: boolean;
  /** Whether it takes values from the recording, which answers then show; a feature only switches something on. */
  readonly echoes?: boolean;
  /**
   * Gives the tenant this property.
   *
   * @param shown everything that was shown, in order
   * @param properties those that the recording's own requests set, those that answers showed before any did, and
   *   the answers themselves, which are pages where there are many things
   */
  readonly apply: (
    shown: readonly Shown[],
    collections: Collections,
    properties: {
      readonly sent: ReadonlySet<string>;
      readonly unasked: ReadonlySet<string>;
      readonly bodies: readonly Shown[];
    },
  ) => Collections;
  /** What was to be found at addresses elsewhere. */
  readonly documents?: (shown: readonly Shown[]) => ReadonlyMap<string, unknown>;
}

interface ThingKind extends Common {
  /** The operations after which a thing is the recording's own. */
  readonly madeBy: readonly string[];
  readonly id: (shown: Shown) => string | undefined;
  /** The name by which one that every tenant has from the start is recognized. */
  readonly natural: (shown: Shown) => string | undefined;
}

/** Things that are made through the vendor's API, and get ids of their own. */
export interface MadeKind extends ThingKind {
  readonly by: "api";
  /** Lists the tenant's own. */
  readonly list: string;
  /** The POST request that makes one. */
  readonly create: (shown: Shown) => { readonly path: string; readonly body: unknown };
}

/** Things that are put in place without the API, under their recorded ids. */
export interface PlacedKind extends ThingKind {
  readonly by: "document";
  /** The operations of `shownBy` that, asked for a first page and nothing else, show everything there is. */
  readonly listedBy: readonly string[];
  readonly collection: string;
  readonly document: (shown: Shown) => Shown;
  /** What else is kept of them, elsewhere. */
  readonly more?: (things: readonly Shown[], collections: Collections) => Collections;
}

/** What a recorded tenant may have been or held before the recording began. */
export type Kind = Fact | MadeKind | PlacedKind;

/** A kind of things that are put in place: most have an `id` and a `name`, and one operation lists them all. */
export function placed(
  name: string,
  collection: string,
  operations: Pick<PlacedKind, "shownBy" | "madeBy"> & { readonly listedBy: string },
  parts: Pick<PlacedKind, "document"> & Partial<Pick<PlacedKind, "id" | "natural" | "more">>,
): PlacedKind {
  const { shownBy, madeBy, listedBy } = operations;
  return {
    by: "document",
    name,
    collection,
    shownBy: [listedBy, ...shownBy],
    listedBy: [listedBy],
    madeBy,
    id: (shown) => textAt(shown, "id"),
    natural: (shown) => textAt(shown, "name"),
    ...parts,
  };
}

/** A property that is a text. */
export function textAt(shown: Shown, key: string): string | undefined {
  const value = shown[key];
  return typeof value === "string" ? value : undefined;
}

/** Some of a thing's properties, those that it has. */
export function only(shown: Shown, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.flatMap((key) => (shown[key] === undefined || shown[key] === null ? [] : [[key, shown[key]]])),
  );
}
