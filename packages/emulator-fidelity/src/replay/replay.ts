import { parseJson } from "@ai-api-access/emulator-core/json.ts";
import { compare } from "./compare/compare.ts";
import type { Setting } from "./compare/compare.ts";
import { shown } from "./compare/difference.ts";
import type { Difference } from "./compare/difference.ts";
import { Ids } from "./compare/ids.ts";
import { operationOf } from "./operations.ts";
import { priorIds } from "./origin-of-ids.ts";
import { asRecorded } from "./recordings/recorder.ts";
import type { Interaction, Recording } from "./recordings/recording.ts";
import type { Answer, Target } from "./target.ts";
import { setUp } from "./set-up/set-up.ts";
import type { SetUp } from "./set-up/set-up.ts";
import { timesOf } from "./times.ts";

/** How one interaction went. */
export interface Outcome {
  /** The interaction without its bodies, since a folder may hold tens of megabytes of them. */
  readonly interaction: Pick<Interaction, "index" | "method" | "path" | "status">;
  /** The operation of the local tenant; nothing when it has none for the request. */
  readonly operation: string | undefined;
  readonly differences: readonly Difference[];
}

/** How a recording went. */
export interface Replayed {
  readonly recording: Recording;
  readonly outcomes: readonly Outcome[];
  readonly setUp: SetUp;
  /** The ids of what the recorded tenant held before, set up or not, as far as they did not find a counterpart. */
  readonly prior: ReadonlySet<string>;
}

/** Looks at an answer of the local tenant's that is a success: the operation, and the body parsed. */
export type Look = (operation: string, body: unknown) => void;

/** Replays a recording against a tenant that is put back to its birth first. */
export async function replay(recording: Recording, target: Target, look?: Look): Promise<Replayed> {
  const times = timesOf(recording);
  target.begin(times[0] ?? Date.now());
  const setting: Setting & { sent: Set<string> } = {
    vendor: recording.vendor,
    ids: new Ids(addressesOf(recording, target)),
    sent: new Set(),
  };
  const held = await setUp(recording, target, setting.ids);
  const outcomes: Outcome[] = [];
  for (const [n, interaction] of recording.interactions.entries()) {
    target.setTime(times[n] ?? Date.now());
    for (const text of textsIn(interaction.requestBody)) setting.sent.add(text);
    const answer = await send(interaction, target, setting.ids);
    const operation = operationOf(recording.vendor, interaction.method, interaction.path);
    if (operation !== undefined && answer.status < 300) look?.(operation, valueOf(answer.body));
    const { index, method, path, status } = interaction;
    outcomes.push({
      interaction: { index, method, path, status },
      operation,
      differences: differencesOf(interaction, operation, answer, setting),
    });
  }
  const prior = [...priorIds(recording)].filter((id) => setting.ids.ours(id) === undefined);
  return { recording, outcomes, setUp: held, prior: new Set(prior) };
}

function addressesOf({ interactions }: Recording, { origin }: Target): [string, string][] {
  const origins = [...new Set(interactions.map((interaction) => interaction.origin))];
  return [
    ...origins.map((theirs): [string, string] => [theirs, origin]),
    ...origins.map((theirs): [string, string] => [new URL(theirs).host, new URL(origin).host]),
    ...partitionsIn(interactions).map((theirs): [string, string] => [theirs, "orn:okta:"]),
  ];
}

/** Okta's preview and its production are partitions, named in resource names: `orn:oktapreview:idp:…`. */
function partitionsIn(interactions: readonly Interaction[]): string[] {
  const names = interactions.flatMap(({ responseBody }) => /"orn:\w+:/.exec(responseBody)?.[0] ?? []);
  return [...new Set(names)].map((name) => name.slice(1)).filter((name) => name !== "orn:okta:");
}

async function send(interaction: Interaction, target: Target, ids: Ids): Promise<Answer> {
  const { method, path, requestBody, contentType } = interaction;
  return target.send({ method, path: ids.toOurs(path), body: ids.toOurs(requestBody), contentType });
}

function differencesOf(
  interaction: Interaction,
  operation: string | undefined,
  answer: Answer,
  setting: Setting,
): Difference[] {
  if (interaction.status !== answer.status) {
    return [
      {
        kind: "status",
        at: `${String(interaction.status)} ${String(answer.status)}`,
        expected: `${String(interaction.status)} ${shown(valueOf(interaction.responseBody))}`,
        got: `${String(answer.status)} ${shown(valueOf(answer.body))}`,
      },
    ];
  }
  learnCursor(interaction, answer, setting.ids);
  const expected = valueOf(interaction.responseBody);
  const once = () => {
    const got = valueOf(setting.ids.toTheirs(answer.body));
    const recorded = asRecorded({ origin: interaction.origin, operation, expected, got });
    return compare(expected, recorded, setting);
  };
  // What is learned at the end of an answer may stand at its beginning too.
  once();
  return once();
}

/** A body as JSON; as its text where it is none; nothing where it is empty. */
function valueOf(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}

/** Every text in a request's body, keys aside. */
function textsIn(body: string): string[] {
  const visit = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(visit) : [];
  };
  return visit(valueOf(body));
}

/** Okta names the next page in a header, by a cursor that comes again in the request for that page. */
function learnCursor(interaction: Interaction, answer: Answer, ids: Ids): void {
  const [theirs, ours] = [nextCursor(interaction.responseHeaders.link), nextCursor(answer.headers.link)];
  if (theirs !== undefined && ours !== undefined) ids.learn(theirs, ours);
}

function nextCursor(links: readonly string[] | undefined): string | undefined {
  const next = links?.find((line) => line.includes('rel="next"'));
  const url = /<([^>]*)>/.exec(next ?? "")?.[1];
  return url === undefined ? undefined : (URL.parse(url)?.searchParams.get("after") ?? undefined);
}
