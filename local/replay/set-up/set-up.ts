import { isRecord, parseJson } from "../../tenants/kit/json.ts";
import type { Ids } from "../compare/ids.ts";
import type { Recording } from "../recordings/recording.ts";
import type { Target } from "../target.ts";
import { auth0Kinds } from "./auth0.ts";
import { holdingsOf } from "./holdings.ts";
import type { Kind, Shown } from "./kind.ts";
import { oktaKinds } from "./okta.ts";

/** What was put into a tenant before a recording was replayed, and what could not be. */
export interface SetUp {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

const KINDS: Readonly<Record<Recording["vendor"], readonly Kind[]>> = { auth0: auth0Kinds, okta: oktaKinds };

/**
 * Puts into a newborn tenant what the recorded tenant held before the recording began, as far as the recording
 * shows it. What the newborn tenant has too, by its name, stands for it.
 */
export async function setUp(recording: Recording, target: Target, ids: Ids): Promise<SetUp> {
  const done: string[] = [];
  const failed: string[] = [];
  for (const { kind, things } of holdingsOf(recording, KINDS[recording.vendor])) {
    if (things.size === 0) continue;
    const missing = await notBornWith(kind, [...things], target, ids);
    if (kind.place !== undefined) {
      const translated = missing.map(([, shown]) => translate(shown, ids));
      target.edit((collections) => kind.place?.(translated, collections) ?? collections);
      done.push(...missing.map(([id]) => `${kind.name} ${id}`));
      continue;
    }
    for (const [id, shown] of missing) {
      const made = await create(kind, translate(shown, ids), target);
      if (made === undefined) failed.push(`${kind.name} ${id}`);
      else {
        ids.learn(id, made);
        done.push(`${kind.name} ${id}`);
      }
    }
  }
  return { done, failed };
}

/** Learns which of the tenant's own stand for recorded ones; gives those for which there is none. */
async function notBornWith(
  kind: Kind,
  things: readonly [string, Shown][],
  target: Target,
  ids: Ids,
): Promise<[string, Shown][]> {
  if (kind.list === undefined || kind.natural === undefined) return [...things];
  const answer = await target.send({ method: "GET", path: kind.list, body: "" });
  const body = parseJson(answer.body);
  const list: unknown[] = Array.isArray(body) ? body : [];
  const own = new Map(list.filter(isRecord).map((shown) => [kind.natural?.(shown), kind.id(shown)]));
  return things.filter(([id, shown]) => {
    const ours = own.get(kind.natural?.(shown));
    if (ours !== undefined) ids.learn(id, ours);
    return ours === undefined;
  });
}

function translate(shown: Shown, ids: Ids): Shown {
  const translated = parseJson(ids.toOurs(JSON.stringify(shown)));
  return isRecord(translated) ? translated : {};
}

async function create(kind: Kind, shown: Shown, target: Target): Promise<string | undefined> {
  const request = kind.create?.(shown);
  if (request === undefined) return undefined;
  const answer = await target.send(request);
  if (answer.status >= 300) return undefined;
  const body = parseJson(answer.body);
  return isRecord(body) ? kind.id(body) : undefined;
}
