import type { Collections, Sent } from "../target.ts";

/** A thing as an answer shows it. */
export type Shown = Readonly<Record<string, unknown>>;

/** A kind of things that a recorded tenant may have held before the recording began. */
export interface Kind {
  readonly name: string;
  /** The operations that show one, or a list of them: a bare one, or under one of the body's properties. */
  readonly shownBy: readonly string[];
  /** The operations after which a thing is the recording's own. */
  readonly madeBy: readonly string[];
  readonly id: (shown: Shown) => string | undefined;
  /** What one of the tenant's own, from its birth, is found again by: its name, say. */
  readonly natural?: (shown: Shown) => string | undefined;
  /** Lists the tenant's own. */
  readonly list?: string;
  /** How to make one through the API. */
  readonly create?: (shown: Shown) => Sent | undefined;
  /** How to put them in place past the API, by what the store keeps; ids are the recorded ones. */
  readonly place?: (all: readonly Shown[], collections: Collections) => Collections;
}

/** A request with a JSON body. */
export function post(path: string, body: unknown): Sent {
  return { method: "POST", path, body: JSON.stringify(body) };
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

/** All of a thing's properties but some. */
export function without(shown: Shown, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shown).filter(([key]) => !keys.includes(key)));
}
