import { isRecord, parseJson } from "@ai-api-access/emulator-core/json.ts";
import type { Ids } from "../compare/ids.ts";
import type { Recording } from "../recordings/recording.ts";
import type { Target } from "../target.ts";
import { auth0Kinds } from "./auth0.ts";
import { showingOf } from "./holdings.ts";
import type { Showing } from "./holdings.ts";
import type { Fact, Kind, MadeKind, PlacedKind, Shown } from "./kind.ts";
import { oktaKinds } from "./okta.ts";
import { place } from "./placing.ts";

/** What was put into a tenant before a recording was replayed, and what could not be. */
export interface SetUp {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

const NOTHING: SetUp = { done: [], failed: [] };

const KINDS: Readonly<Record<Recording["vendor"], readonly Kind[]>> = { auth0: auth0Kinds, okta: oktaKinds };

/**
 * Makes a newborn tenant what the recorded tenant was before the recording began, as far as the recording shows it.
 * What the newborn tenant has too, by its name, stands for it.
 */
export async function setUp(recording: Recording, target: Target, ids: Ids): Promise<SetUp> {
  const parts: SetUp[] = [];
  for (const kind of KINDS[recording.vendor]) {
    const showing = showingOf(recording, kind);
    if (kind.by === "fact") parts.push(state(kind, showing, target));
    else if (kind.by === "document") parts.push(placeAll(kind, showing, target, ids));
    else parts.push(await make(kind, showing, target, ids));
  }
  return { done: parts.flatMap(({ done }) => done), failed: parts.flatMap(({ failed }) => failed) };
}

/** Gives the tenant settings and features. */
function state(kind: Fact, { all, sent }: Showing, target: Target): SetUp {
  if (all.length === 0) return NOTHING;
  const changes: boolean[] = [];
  const fits = attempt(() => {
    target.edit((before) => {
      const after = kind.apply(all, before, sent);
      changes.push(after !== before);
      return after;
    });
  });
  if (!fits) return { done: [], failed: [kind.name] };
  return { done: changes.includes(true) ? [kind.name] : [], failed: [] };
}

/** Puts documents in place: all at once, or each by itself where the tenant cannot hold all of them. */
function placeAll(kind: PlacedKind, showing: Showing, target: Target, ids: Ids): SetUp {
  if (showing.held.size === 0) return NOTHING;
  const edit = (part: Showing) => () => {
    target.edit((collections) => place(kind, part, collections));
  };
  const all = [...showing.held];
  const failed = attempt(edit(showing))
    ? []
    : all.filter(([id, shown]) => !attempt(edit({ ...showing, whole: false, held: new Map([[id, shown]]) })));
  const done = all.filter((one) => !failed.includes(one));
  for (const [id] of done) ids.learn(id, id);
  const named = ([id]: readonly [string, Shown]) => `${kind.name} ${id}`;
  return { done: done.map(named), failed: failed.map(named) };
}

/** Whether something can be done; a tenant takes no document that is not of its collection's shape. */
function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

/** Makes things through the API, which may refuse them. */
async function make(kind: MadeKind, { held }: Showing, target: Target, ids: Ids): Promise<SetUp> {
  if (held.size === 0) return NOTHING;
  const own = await ownOf(kind, target);
  const done: string[] = [];
  const failed: string[] = [];
  for (const [id, shown] of held) {
    const ours = own.get(kind.natural(shown));
    const made = ours ?? (await create(kind, translate(shown, ids), target));
    if (made !== undefined) ids.learn(id, made);
    if (ours === undefined) (made === undefined ? failed : done).push(`${kind.name} ${id}`);
  }
  return { done, failed };
}

/** The ids of the tenant's own things by name. */
async function ownOf(kind: MadeKind, target: Target): Promise<Map<string | undefined, string | undefined>> {
  const body = parseJson((await target.send({ method: "GET", path: kind.list, body: "" })).body);
  const list: unknown[] = Array.isArray(body) ? body : [];
  return new Map(list.filter(isRecord).map((shown) => [kind.natural(shown), kind.id(shown)]));
}

function translate(shown: Shown, ids: Ids): Shown {
  const translated = parseJson(ids.toOurs(JSON.stringify(shown)));
  return isRecord(translated) ? translated : {};
}

async function create(kind: MadeKind, shown: Shown, target: Target): Promise<string | undefined> {
  const answer = await target.send(kind.create(shown));
  if (answer.status >= 300) return undefined;
  const body = parseJson(answer.body);
  return isRecord(body) ? kind.id(body) : undefined;
}
