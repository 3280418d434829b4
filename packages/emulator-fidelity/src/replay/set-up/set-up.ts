import {
  isRecord,
  jsonSchema,
  parseJson,
  recordOr,
  tenantSnapshotSchema,
} from "@ai-api-access/emulator-core";
import type { Ids } from "../compare/ids.ts";
import type { Interaction, Recording } from "../recordings/recording.ts";
import type { Collections, Target } from "../target.ts";
import { auth0Kinds } from "./auth0.ts";
import type { Fact, Kind, MadeKind, PlacedKind, Shown } from "./kind.ts";
import { oktaKinds } from "./okta.ts";
import { showingOf, thingsIn } from "./showing.ts";
import type { Showing } from "./showing.ts";

/** What was put into a tenant before a recording was replayed, and what could not be. */
export interface SetUp extends Part {
  /** Whether an answer shows something of what was put there. */
  isEchoed(operation: string, interaction: Interaction): boolean;
}

interface Part {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

const NOTHING: Part = { done: [], failed: [] };

const KINDS = { auth0: auth0Kinds, okta: oktaKinds };

/**
 * Makes a new tenant what the recorded tenant was before the recording began, as far as the recording shows it.
 * What the new tenant has too, by its name, stands for it.
 */
export async function setUp(recording: Recording, target: Target, ids: Ids): Promise<SetUp> {
  const parts: Part[] = [];
  for (const kind of KINDS[recording.vendor]) {
    const showing = showingOf(recording, kind);
    if (kind.by === "fact") parts.push(applyFact(kind, showing, target));
    else if (kind.by === "document") parts.push(placeAll(kind, showing, target, ids));
    else parts.push(await makeAll(kind, showing, target, ids));
  }
  const done = parts.flatMap((part) => part.done);
  return {
    done,
    failed: parts.flatMap(({ failed }) => failed),
    isEchoed: (operation, interaction) =>
      KINDS[recording.vendor].some((kind) => isEchoOf(kind, new Set(done), operation, interaction)),
  };
}

function isEchoOf(
  kind: Kind,
  done: ReadonlySet<string>,
  operation: string,
  interaction: Interaction,
): boolean {
  if (kind.by === "fact") {
    return kind.echoes === true && done.has(kind.name) && kind.shownBy.includes(operation);
  }
  return (
    kind.shownBy.includes(operation) &&
    thingsIn(interaction).some((thing) => done.has(`${kind.name} ${kind.id(thing) ?? ""}`))
  );
}

/** Gives the tenant settings and features. */
function applyFact(kind: Fact, { all, ...properties }: Showing, target: Target): Part {
  if (all.length === 0) return NOTHING;
  for (const [address, document] of kind.documents?.(all) ?? []) target.serve(address, document);
  const changes: boolean[] = [];
  const possible = attempt(() => {
    target.edit((before) => {
      const after = kind.apply(all, before, properties);
      changes.push(after !== before);
      return after;
    });
  });
  if (!possible) return { done: [], failed: [kind.name] };
  return { done: changes.includes(true) ? [kind.name] : [], failed: [] };
}

/** Puts documents in place: all at once, or each by itself where the tenant cannot hold all of them. */
function placeAll(kind: PlacedKind, showing: Showing, target: Target, ids: Ids): Part {
  if (showing.held.size === 0) return NOTHING;
  const canHold = (part: Showing) =>
    attempt(() => {
      target.edit((collections) => place(kind, part, collections));
    });
  const all = [...showing.held];
  const failed = canHold(showing)
    ? []
    : all.filter((one) => !canHold({ ...showing, whole: false, held: new Map([one]) }));
  const done = all.filter((one) => !failed.includes(one));
  for (const [id] of done) ids.learn(id, id);
  const named = ([id]: readonly [string, Shown]) => `${kind.name} ${id}`;
  return { done: done.map(named), failed: failed.map(named) };
}

/** Whether something can be done; a tenant refuses documents that are not of their collection's shape. */
function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts things in place as documents, under their recorded ids. One of the tenant's own with the same name gives way,
 * and whatever referred to it refers to the recorded one; when everything that was held is known, the tenant's other
 * own ones go.
 */
function place(kind: PlacedKind, { held, whole }: Showing, collections: Collections): Collections {
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

/** Makes things through the API, which may refuse them. */
async function makeAll(kind: MadeKind, { held }: Showing, target: Target, ids: Ids): Promise<Part> {
  if (held.size === 0) return NOTHING;
  const listed = parseJson((await target.send({ method: "GET", path: kind.list, body: "" })).body);
  const list: unknown[] = Array.isArray(listed) ? listed : [];
  const own = new Map(list.filter(isRecord).map((shown) => [kind.natural(shown), kind.id(shown)]));
  const done: string[] = [];
  const failed: string[] = [];
  for (const [id, shown] of held) {
    const existing = own.get(kind.natural(shown));
    const made = existing ?? (await make(kind, shown, target, ids));
    if (made !== undefined) ids.learn(id, made);
    if (existing === undefined) (made === undefined ? failed : done).push(`${kind.name} ${id}`);
  }
  return { done, failed };
}

async function make(kind: MadeKind, shown: Shown, target: Target, ids: Ids): Promise<string | undefined> {
  const translated = recordOr(parseJson(ids.toLocal(JSON.stringify(shown))));
  const { path, body } = kind.create(translated);
  const answer = await target.send({ method: "POST", path, body: JSON.stringify(body) });
  return answer.status < 300 ? kind.id(recordOr(parseJson(answer.body))) : undefined;
}
