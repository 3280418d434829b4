import { isRecord, parseJson, recordOr } from "../../tenants/kit/json.ts";
import { operationOf } from "../operations.ts";
import type { Interaction, Recording } from "../recordings/recording.ts";
import { without } from "./kind.ts";
import type { Kind, Shown } from "./kind.ts";

/** What a recorded tenant held of one kind before the recording began, each thing as it was first shown. */
export interface Holding {
  readonly kind: Kind;
  readonly things: ReadonlyMap<string, Shown>;
}

/**
 * What the recorded tenant must have held: things that the recording shows and that nothing in it made. A thing
 * that is shown again is taken as it was the first time, with what a later look adds and no request has set.
 */
export function holdingsOf(recording: Recording, kinds: readonly Kind[]): Holding[] {
  const operations = recording.interactions.map((interaction) =>
    operationOf(recording.vendor, interaction.method, interaction.path),
  );
  return kinds.map((kind) => {
    const made = new Set<string>();
    const things = new Map<string, Shown>();
    const set = new Set<string>();
    const names = new Set<string>();
    for (const [n, interaction] of recording.interactions.entries()) {
      const operation = operations[n];
      if (operation === undefined || interaction.status >= 300) continue;
      const shown = thingsIn(interaction);
      if (kind.madeBy.includes(operation)) {
        for (const thing of shown) {
          made.add(kind.id(thing) ?? "");
          names.add(kind.natural?.(thing) ?? "");
        }
      }
      if (!kind.shownBy.includes(operation)) continue;
      for (const thing of shown) {
        const id = kind.id(thing);
        if (id === undefined || made.has(id)) continue;
        const before = things.get(id);
        things.set(id, before === undefined ? thing : { ...without(thing, ...set), ...before });
      }
      if (interaction.method !== "GET") {
        for (const key of Object.keys(recordOr(jsonOf(interaction.requestBody)))) set.add(key);
      }
    }
    // What has the name of something that the recording makes cannot have been there.
    const free = [...things].filter(([, thing]) => !names.has(kind.natural?.(thing) ?? "none"));
    return { kind, things: new Map(free) };
  });
}

/** The things in an answer: the body itself, or the elements of the list that it is or has. */
function thingsIn({ responseBody }: Interaction): Shown[] {
  const body = jsonOf(responseBody);
  if (Array.isArray(body)) return body.filter(isRecord);
  if (!isRecord(body)) return [];
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  const isPage =
    ["total", "next", "start"].some((key) => key in body) ||
    (lists.length === 1 && Object.keys(body).length === 1);
  return isPage ? lists.flatMap(([, list]) => (Array.isArray(list) ? list.filter(isRecord) : [])) : [body];
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
