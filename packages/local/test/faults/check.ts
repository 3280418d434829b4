/** Parts of the fault walk that are short enough for every test run. */
import { randomFrom } from "@ai-api-access/testing/random.ts";
import { AFTER, keyOf, placesOf, ruleOf } from "./matrix.ts";
import { isWrite, pathPattern, signature, type Asked } from "./requests.ts";
import type { Disturbance, Undisturbed, Walk, Walked } from "./walk.ts";

/** Writes to one path come in any order, and a fault takes the first: later rounds let some of them by. */
const MOST_ROUNDS = 5;

/** What came of it: each stack that was disturbed, and the writes that no fault met. */
export interface Checked {
  readonly walked: readonly (Walked & { readonly what: string })[];
  readonly missed: readonly string[];
}

/** Each write's answer is lost once, all in the life of one stack, or of the few that it takes to meet them all. */
export async function everyWrite(walk: Walk, undisturbed: Undisturbed): Promise<Checked> {
  const open = new Map(undisturbed.requests.filter(isWrite).map((write) => [signature(write), write]));
  const walked: Checked["walked"][number][] = [];
  for (let round = 0; open.size > 0 && round < MOST_ROUNDS; round++) {
    const result = await walk.disturbed(
      droppedOnce([...open.values()], undisturbed.requests, round),
      undisturbed,
    );
    walked.push({ what: `round ${round + 1}`, ...result });
    for (const hit of result.hit) open.delete(signature(hit));
  }
  return { walked, missed: [...open.keys()] };
}

/** Other faults than that, at places drawn at random. */
export async function sample(
  walk: Walk,
  undisturbed: Undisturbed,
  { seed, size }: { readonly seed: number; readonly size: number },
): Promise<Checked> {
  const dropped = Object.keys(AFTER).at(-1);
  const places = placesOf(undisturbed.requests).filter(({ effect }) => effect !== dropped);
  const random = randomFrom(seed);
  const walked: Checked["walked"][number][] = [];
  while (walked.length < size) {
    const place = places[Math.floor(random() * places.length)];
    if (place === undefined) throw new Error("The first `up` asked for nothing.");
    const result = await walk.disturbed({ rules: { [place.vendor]: [ruleOf(place)] } }, undisturbed);
    walked.push({ what: keyOf(place), ...result });
  }
  return { walked, missed: [] };
}

/** Drops the connection at each path as often as it is still to be met there. */
function droppedOnce(open: readonly Asked[], all: readonly Asked[], round: number): Disturbance {
  const line = (write: Asked) => `${write.vendor} ${write.method} ${pathPattern(write)}`;
  const rulesFor = (vendor: Asked["vendor"]) =>
    [...Map.groupBy(open, line)].flatMap(([path, [first, ...others]]) => {
      if (first?.vendor !== vendor) return [];
      return {
        method: first.method,
        path: pathPattern(first),
        count: 1 + others.length,
        skip: round % all.filter((write) => line(write) === path).length,
        effect: { kind: "drop", when: "after" } as const,
      };
    });
  return { rules: { auth0: rulesFor("auth0"), okta: rulesFor("okta") }, lasting: true };
}
