import { isRecord, recordOr, without } from "@ai-api-access/emulator-core";
import { operationOf } from "../operations.ts";
import { jsonOf } from "../recordings/recording.ts";
import type { Interaction, Recording } from "../recordings/recording.ts";
import type { Kind, Shown } from "./kind.ts";

/** What is done to a list or changes which of its elements it shows. */
const NARROWING = /[?&](?!page=0\b|per_page=|take=|limit=|include_totals=|type=ACCESS_POLICY)[^&]+/;

/** What a recording shows of one kind. */
export interface Showing {
  /** Everything that was shown, in order. */
  readonly all: readonly Shown[];
  /** What the recorded tenant must have held before the recording began, by id, in the order in which it was shown. */
  readonly held: ReadonlyMap<string, Shown>;
  /** Whether all that it held of the kind was shown. */
  readonly whole: boolean;
  /** The answers that showed them. */
  readonly bodies: readonly Shown[];
  /** Properties that the recording's requests of these operations set. */
  readonly sent: ReadonlySet<string>;
  /** Properties that an answer showed before any request had set them; those of `options` by a dotted name. */
  readonly unasked: ReadonlySet<string>;
}

/**
 * What a recording shows of a kind. Things are held from before when nothing in the recording made them; one that is
 * shown again is taken as it was the first time, with what a later look adds and no request has set.
 */
export function showingOf({ vendor, interactions }: Recording, kind: Kind): Showing {
  const all: Shown[] = [];
  const bodies: Shown[] = [];
  const sent = new Set<string>();
  const unasked = new Set<string>();
  const made = new Set<string | undefined>();
  const held = new Map<string, Shown>();
  let order: readonly (string | undefined)[] = [];
  let whole = false;
  for (const interaction of interactions) {
    const operation = operationOf(vendor, interaction.method, interaction.path);
    const readable = interaction.status < 300 || (kind.by === "fact" && kind.inRefusals === true);
    if (operation === undefined || !readable) continue;
    const shown = thingsIn(interaction);
    if (kind.by !== "fact" && kind.madeBy.includes(operation)) {
      for (const thing of shown) made.add(kind.id(thing)).add(kind.natural(thing));
    }
    if (!kind.shownBy.includes(operation)) continue;
    all.push(...shown);
    bodies.push(recordOr(jsonOf(interaction.responseBody)));
    if (interaction.method !== "GET") {
      for (const key of keysOf(recordOr(jsonOf(interaction.requestBody)))) sent.add(key);
    }
    for (const key of shown.flatMap(keysOf)) if (!sent.has(key)) unasked.add(key);
    if (kind.by !== "fact") addHeld(held, shown, kind.id, made, sent);
    if (kind.by === "document" && kind.listedBy.includes(operation) && !whole && isWhole(interaction)) {
      whole = true;
      order = shown.map(kind.id);
    }
  }
  if (kind.by !== "fact") {
    // What has the name of something that the recording makes cannot have been there.
    for (const [id, thing] of held) if (made.has(kind.natural(thing) ?? id)) held.delete(id);
  }
  const ordered = [...held].toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return { all, bodies, held: new Map(ordered), whole, sent, unasked };
}

function keysOf(shown: Shown): string[] {
  const options = Object.keys(recordOr(shown.options)).map((key) => `options.${key}`);
  return [...Object.keys(shown), ...options];
}

function addHeld(
  held: Map<string, Shown>,
  shown: readonly Shown[],
  idOf: (shown: Shown) => string | undefined,
  made: ReadonlySet<string | undefined>,
  sent: ReadonlySet<string>,
): void {
  for (const thing of shown) {
    const id = idOf(thing);
    if (id === undefined || made.has(id)) continue;
    const before = held.get(id);
    held.set(id, before === undefined ? thing : { ...without(thing, ...sent), ...before });
  }
}

/** Whether a list is all there is: asked for without a condition, and no page follows. */
function isWhole({ path, responseBody, responseHeaders }: Interaction): boolean {
  if (NARROWING.test(path) || responseHeaders.link?.some((line) => line.includes('rel="next"'))) return false;
  const { total, next } = recordOr(jsonOf(responseBody));
  const listed = thingsIn({ responseBody }).length;
  return (typeof total !== "number" || total === listed) && (next === undefined || next === "");
}

/** The things in an answer: the body itself, or the elements of the list that it is or has. */
export function thingsIn({ responseBody }: Pick<Interaction, "responseBody">): Shown[] {
  const body = jsonOf(responseBody);
  if (Array.isArray(body)) return body.filter(isRecord);
  if (!isRecord(body)) return [];
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
  const isPage =
    ["total", "next", "start"].some((key) => key in body) ||
    (lists.length === 1 && Object.keys(body).length === 1);
  return isPage ? lists.flatMap(([, list]) => (Array.isArray(list) ? list.filter(isRecord) : [])) : [body];
}
