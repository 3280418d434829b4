import { isRecord, parseJson } from "../../tenants/kit/json.ts";
import type { Ids } from "../compare/ids.ts";
import type { Recording } from "../recordings/recording.ts";
import type { Target } from "../target.ts";
import { auth0Kinds } from "./auth0.ts";
import { showingOf } from "./holdings.ts";
import type { Showing } from "./holdings.ts";
import type { Kind, MadeKind, Shown } from "./kind.ts";
import { oktaKinds } from "./okta.ts";
import { place } from "./placing.ts";

/** What was put into a tenant before a recording was replayed, and what could not be. */
export interface SetUp {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

const KINDS: Readonly<Record<Recording["vendor"], readonly Kind[]>> = { auth0: auth0Kinds, okta: oktaKinds };

/**
 * Makes a newborn tenant what the recorded tenant was before the recording began, as far as the recording shows it.
 * What the newborn tenant has too, by its name, stands for it.
 */
export async function setUp(recording: Recording, target: Target, ids: Ids): Promise<SetUp> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const kind of KINDS[recording.vendor]) {
    const showing = showingOf(recording, kind);
    if (kind.by === "fact") {
      if (showing.all.length === 0) continue;
      target.edit((before) => {
        const after = kind.apply(showing.all, before, showing.sent);
        if (after !== before) done.push(kind.name);
        return after;
      });
    } else if (kind.by === "document") {
      if (showing.held.size === 0) continue;
      target.edit((collections) => place(kind, showing, collections));
      for (const id of showing.held.keys()) ids.learn(id, id);
      done.push(...[...showing.held.keys()].map((id) => `${kind.name} ${id}`));
    } else {
      for (const [id, made] of await make(kind, showing, target, ids)) {
        if (made !== undefined) ids.learn(id, made);
        (made === undefined ? failed : done).push(`${kind.name} ${id}`);
      }
    }
  }
  return { done, failed };
}

/** Makes things through the API; gives the new id of each, or nothing where the tenant refused. */
async function make(
  kind: MadeKind,
  { held }: Showing,
  target: Target,
  ids: Ids,
): Promise<[string, string | undefined][]> {
  if (held.size === 0) return [];
  const own = await ownOf(kind, target);
  const made: [string, string | undefined][] = [];
  for (const [id, shown] of held) {
    const ours = own.get(kind.natural(shown));
    if (ours === undefined) made.push([id, await create(kind, translate(shown, ids), target)]);
    else ids.learn(id, ours);
  }
  return made;
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
