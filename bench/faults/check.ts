/**
 * A part of the fault walk for tests, in a process of its own: a stack that fails half-way leaves promises of the
 * Pulumi SDK behind that nobody waits for, and a test runner takes those for failures of its own.
 *
 * `check.ts writes`: a connection dropped after every write of a first `up`. `check.ts sample SEED SIZE`: other faults,
 * drawn at random. Prints one JSON document.
 */
import { findEngine } from "../../local/engine/index.ts";
import { loadProgram } from "../../local/twin/program.ts";
import { standIns } from "../../local/twin/providers.ts";
import { randomFrom } from "../kit/random.ts";
import { AFTER, keyOf, placesOf, ruleOf } from "./matrix.ts";
import { isWrite, pathPattern, signature, type Asked } from "./requests.ts";
import { Walk, type Disturbance, type Undisturbed, type Walked } from "./walk.ts";

/** Writes to one path come in any order, and a fault takes the first: later rounds let some of them by. */
const MOST_ROUNDS = 5;

/** What came of it: each stack that was disturbed, and the writes that no fault met. */
export interface Checked {
  readonly walked: readonly (Walked & { readonly what: string })[];
  readonly missed: readonly string[];
}

const [what, seed = "", size = ""] = process.argv.slice(2);
const walk = await Walk.begin({ engine: await findEngine(), program: loadProgram(), providers: standIns() });
try {
  const undisturbed = await walk.undisturbed();
  const checked =
    what === "writes"
      ? await everyWrite(undisturbed)
      : await sample(undisturbed, { seed: Number(seed), size: Number(size) });
  process.stdout.write(JSON.stringify(checked));
} finally {
  await walk.close();
}

/** Each write's answer is lost once, all in the life of one stack, or of the few that it takes to meet them all. */
async function everyWrite(undisturbed: Undisturbed): Promise<Checked> {
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

async function sample(
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
