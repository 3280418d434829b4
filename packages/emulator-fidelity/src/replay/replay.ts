import { compare, shown } from "./compare/compare.ts";
import type { Difference, Setting } from "./compare/compare.ts";
import { compareHeaders, keptHeaders } from "./compare/headers.ts";
import { Ids } from "./compare/ids.ts";
import { priorIds } from "./compare/opaque.ts";
import { Times } from "./compare/times.ts";
import { operationOf } from "./operations.ts";
import { asRecorded } from "./recordings/recorder.ts";
import { jsonOf, timesOf } from "./recordings/recording.ts";
import type { Interaction, Recording } from "./recordings/recording.ts";
import { setUp } from "./set-up/set-up.ts";
import type { SetUp } from "./set-up/set-up.ts";
import type { Answer, Target } from "./target.ts";

/** How one interaction went. */
export interface Outcome {
  /** The interaction without its bodies, since a folder may hold tens of megabytes of them. */
  readonly interaction: Pick<Interaction, "index" | "method" | "path" | "status">;
  /** The operation of the local tenant; nothing when it has none for the request. */
  readonly operation: string | undefined;
  /** Whether the answer shows something that the set-up put there, so that it agrees for that. */
  readonly echo: boolean;
  readonly differences: readonly Difference[];
}

/** How long before a recording the things were made that it finds, in milliseconds: a day. */
const BEFORE = 86_400_000;

/** How a recording went. */
export interface Replayed {
  readonly recording: Recording;
  readonly outcomes: readonly Outcome[];
  readonly setUp: SetUp;
  /** The ids of what the recorded tenant held before and ours does not. */
  readonly prior: ReadonlySet<string>;
}

/** Looks at a successful answer of the local tenant: the operation, and the body parsed. */
export type Look = (operation: string, body: unknown) => void;

/** Replays a recording against a tenant that is reset first. */
export async function replay(recording: Recording, target: Target, look?: Look): Promise<Replayed> {
  const { vendor, interactions } = recording;
  const clock = timesOf(recording);
  const start = clock[0] ?? Date.now();
  target.begin(start - BEFORE);
  const ids = new Ids(addressesOf(recording, target));
  const sent = new Set<string>();
  const held = await setUp(recording, target, ids);
  const times = new Times(vendor, start);
  const kept = keptHeaders(interactions);
  const outcomes: Outcome[] = [];
  for (const [n, interaction] of interactions.entries()) {
    const { index, method, path, status, requestBody, contentType } = interaction;
    const now = clock[n] ?? start;
    target.setTime(now);
    for (const text of textsIn(jsonOf(requestBody))) sent.add(text);
    const body = ids.toLocal(requestBody);
    const answer = await target.send({ method, path: ids.toLocal(path), body, contentType });
    const operation = operationOf(vendor, method, path);
    if (operation !== undefined && answer.status < 300) look?.(operation, jsonOf(answer.body));
    const setting: Setting = { vendor, ids, sent };
    const timed = { ...setting, times: (...shown: Things) => times.compare(...shown, path, now) };
    const inBody = differencesOf(interaction, operation, answer, setting, timed);
    const sameStatus = status === answer.status;
    outcomes.push({
      interaction: { index, method, path, status },
      operation,
      echo: operation !== undefined && held.isEchoed(operation, interaction),
      differences: sameStatus
        ? [...inBody, ...compareHeaders(interaction, answer, kept, setting, now)]
        : inBody,
    });
  }
  const prior = [...priorIds(recording)].filter((id) => ids.local(id) === undefined);
  return { recording, outcomes, setUp: held, prior: new Set(prior) };
}

/** What a setting compares the times of. */
type Things = Parameters<NonNullable<Setting["times"]>>;

function addressesOf({ interactions }: Recording, { origin }: Target): [string, string][] {
  const origins = [...new Set(interactions.map((interaction) => interaction.origin))];
  // Okta's preview and its production are partitions, named in resource names: `orn:oktapreview:idp:…`.
  const partitions = interactions.flatMap(({ responseBody }) => /orn:\w+:/.exec(responseBody)?.[0] ?? []);
  return [
    ...origins.map((recorded): [string, string] => [recorded, origin]),
    ...origins.map((recorded): [string, string] => [new URL(recorded).host, new URL(origin).host]),
    ...[...new Set(partitions)].map((recorded): [string, string] => [recorded, "orn:okta:"]),
  ].filter(([recorded, local]) => recorded !== local);
}

function differencesOf(
  interaction: Interaction,
  operation: string | undefined,
  answer: Answer,
  setting: Setting,
  timed: Setting,
): Difference[] {
  const expected = jsonOf(interaction.responseBody);
  if (interaction.status !== answer.status) {
    const [recorded, local] = [String(interaction.status), String(answer.status)];
    const got = shown(jsonOf(answer.body));
    const texts = { expected: `${recorded} ${shown(expected)}`, got: `${local} ${got}` };
    return [{ kind: "status", at: `${recorded} ${local}`, ...texts }];
  }
  learnCursor(interaction, answer, setting.ids);
  const once = (using: Setting) => {
    const got = jsonOf(setting.ids.toRecorded(answer.body));
    const recorded = asRecorded({ origin: interaction.origin, operation, expected, got });
    return compare(expected, recorded, using);
  };
  // An id that is learned at the end of an answer may stand at its beginning too.
  once(setting);
  return once(timed);
}

/** Every text in a value, keys aside. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Okta names the next page in a header, by a cursor that comes again in the request for that page. */
function learnCursor(interaction: Interaction, answer: Answer, ids: Ids): void {
  const [recorded, local] = [nextCursor(interaction.responseHeaders.link), nextCursor(answer.headers.link)];
  if (recorded !== undefined && local !== undefined) ids.learn(recorded, local);
}

function nextCursor(links: readonly string[] | undefined): string | undefined {
  const next = links?.find((line) => line.includes('rel="next"'));
  const url = /<([^>]*)>/.exec(next ?? "")?.[1];
  return url === undefined ? undefined : (URL.parse(url)?.searchParams.get("after") ?? undefined);
}
