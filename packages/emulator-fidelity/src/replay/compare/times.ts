import type { Difference } from "./compare.ts";
import { idsIn, timeForm } from "./opaque.ts";
import type { VendorName } from "../recordings/recording.ts";

/** How far a recorded clock and its answers may be apart, in milliseconds: requests take a while, headers have seconds. */
const SLACK = 5_000;
/** Two times in whole seconds that differ by this much differ for more than where a second ends. */
const SECONDS = 2_000;

type Thing = Readonly<Record<string, unknown>>;

/** One property of a thing, in a recorded answer and in ours: milliseconds since 1970. */
interface Moment {
  readonly key: string;
  readonly expected: number;
  readonly got: number;
  /** The smallest step that says something. */
  readonly grain: number;
}

/**
 * The times that answers show. Their values are each tenant's own; what must be the same is how they lie: which of a
 * thing's times is first, whether one is of just now, and whether an operation moves it. The local tenant's clock
 * shows what the recorded one did, so that both have the same present.
 */
export class Times {
  readonly #vendor: VendorName;
  readonly #start: number;
  readonly #last = new Map<string, Moment>();

  /** @param start when the recording begins, in milliseconds since 1970; what is older lay in the tenant before */
  constructor(vendor: VendorName, start: number) {
    this.#vendor = vendor;
    this.#start = start;
  }

  /**
   * Compares the times of a thing that both answers show, and remembers them for the next look at it.
   *
   * @param at the thing's place in the answer
   * @param path the path of the request
   * @param now the time of the request, in milliseconds since 1970
   */
  compare(expected: Thing, got: Thing, at: string, path: string, now: number): Difference[] {
    const moments = momentsOf(expected, got);
    const owner = `${this.#areaOf(path)} ${ownerOf(expected) ?? `${path} ${at}`}`;
    return [
      ...moments.flatMap((moment) => {
        const said = this.#agesDiffer(moment, now) ?? this.#movesDiffer(moment, owner);
        const place = at === "" ? moment.key : `${at}.${moment.key}`;
        return said === undefined ? [] : [{ kind: "time" as const, at: place, ...said }];
      }),
      ...orderDiffers(moments).map(([first, second]) => ({
        kind: "time" as const,
        at: at === "" ? first : `${at}.${first}`,
        expected: `not after ${second}`,
        got: `after ${second}`,
      })),
    ];
  }

  /** From before the recording, of just now, to come, or in between. */
  #ageOf(time: number, now: number): string {
    if (time > now + SLACK) return "in the future";
    if (time >= now - SLACK) return "now";
    return time < this.#start - SLACK ? "from before the recording" : "earlier in the recording";
  }

  #agesDiffer({ expected, got }: Moment, now: number) {
    const [recorded, local] = [this.#ageOf(expected, now), this.#ageOf(got, now)];
    const isOld = expected < this.#start && got < this.#start;
    if (recorded === local || isOld || Math.abs(expected - got) <= SLACK) return undefined;
    return { expected: recorded, got: local };
  }

  #movesDiffer(moment: Moment, owner: string) {
    const name = `${owner} ${moment.key}`;
    const before = this.#last.get(name);
    this.#last.set(name, moment);
    if (before === undefined) return undefined;
    const [recorded, local] = [moment.expected - before.expected, moment.got - before.got].map(Math.abs);
    const [expected, got] = [recorded ?? 0, local ?? 0];
    if (expected >= moment.grain && got === 0) return { expected: "moved by now", got: "unmoved" };
    if (got >= moment.grain && expected === 0) return { expected: "unmoved", got: "moved by now" };
    return undefined;
  }

  /** The path without ids: one thing has different times as an application and as an assignment. */
  #areaOf(path: string): string {
    const [bare = ""] = path.split("?");
    return bare
      .split("/")
      .filter((part) => idsIn(decodeURIComponent(part), this.#vendor).length === 0)
      .join("/");
  }
}

function ownerOf(thing: Thing): string | undefined {
  const keys = ["id", "client_id", "user_id", "kid"];
  return keys.map((key) => thing[key]).find((id) => typeof id === "string");
}

function momentsOf(expected: Thing, got: Thing): Moment[] {
  return Object.entries(expected).flatMap(([key, recorded]) => {
    const local = got[key];
    if (typeof recorded !== "string" || typeof local !== "string") return [];
    if (timeForm(recorded) === undefined || timeForm(local) === undefined) return [];
    const grain = recorded.endsWith(".000Z") ? SECONDS : 1;
    return [{ key, expected: Date.parse(recorded), got: Date.parse(local), grain }];
  });
}

/** The pairs of times of a thing that lie the other way round. */
function orderDiffers(moments: readonly Moment[]): [string, string][] {
  return moments.flatMap((one) =>
    moments.flatMap((other): [string, string][] => {
      const reversed = one.expected <= other.expected && one.got >= other.got + one.grain;
      return reversed && one.key !== other.key ? [[one.key, other.key]] : [];
    }),
  );
}
