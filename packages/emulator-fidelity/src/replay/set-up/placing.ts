import { jsonSchema, parseJson, recordOr } from "@ai-api-access/emulator-core/json.ts";
import { tenantSnapshotSchema } from "@ai-api-access/emulator-core";
import type { Collections } from "../target.ts";
import type { PlacedKind } from "./kind.ts";
import type { Showing } from "./holdings.ts";

/**
 * Puts things in place as documents, under their recorded ids. One of the tenant's own with the same name gives way,
 * and whatever referred to it refers to the recorded one; when everything that was held is known, the tenant's other
 * own ones go.
 */
export function place(kind: PlacedKind, { held, whole }: Showing, collections: Collections): Collections {
  const things = [...held.values()];
  const own = (collections[kind.collection] ?? []).map(recordOr);
  const recorded = new Map(things.map((thing) => [kind.natural(thing), kind.id(thing)]));
  let text = JSON.stringify(collections);
  for (const document of own) {
    const [before, after] = [kind.id(document), recorded.get(kind.natural(document))];
    if (before !== undefined && after !== undefined) text = text.replaceAll(before, after);
  }
  const changed = tenantSnapshotSchema.shape.collections.parse(parseJson(text));
  const kept = whole ? [] : own.filter((document) => !recorded.has(kind.natural(document)));
  const documents = [...kept, ...things.map(kind.document)].map((document) => jsonSchema.parse(document));
  const placed = { ...changed, [kind.collection]: documents };
  return kind.more?.(things, placed) ?? placed;
}
