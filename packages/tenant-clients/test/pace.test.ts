/** Claim: requests keep within the limit that the answers announce, and go on when it is over. */
import { expect, test } from "@jest/globals";
import { Pace, type Clock } from "../pace.ts";

/** A clock that jumps to the end of each wait. */
class FakeClock implements Clock {
  time = 1_000_000;
  readonly waits: number[] = [];
  now(): number {
    return this.time;
  }
  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }
}

const announced = (values: Readonly<Record<string, number>>, words = "ratelimit") =>
  new Headers(Object.entries(values).map(([name, value]) => [`x-${words}-${name}`, String(value)]));

/** What is announced after `seconds`. */
const resetIn = (clock: Clock, seconds: number) => clock.now() / 1000 + seconds;

test.each([
  ["ratelimit", "Auth0"],
  ["rate-limit", "Okta"],
])("a tenth of the limit is left to others, and the rest waits for the reset (x-%s of %s)", async (words) => {
  const clock = new FakeClock();
  const waits: number[] = [];
  const pace = new Pace({ clock, onWait: (milliseconds) => waits.push(milliseconds) });
  await pace.turn();
  pace.answered(200, announced({ limit: 20, remaining: 4, reset: resetIn(clock, 3) }, words));

  await pace.turn();
  await pace.turn();
  expect(clock.waits).toEqual([]);
  pace.failed();
  pace.failed();
  await pace.turn();
  expect(clock.waits).toEqual([3000]);
  expect(waits).toEqual([3000]);
});

test.each([
  ["Retry-After", { "retry-after": "7" }, 7000],
  ["the reset", { "x-ratelimit-reset": "1002.5" }, 2500],
  ["nothing", {}, 5000],
  ["a reset that is over", { "x-ratelimit-reset": "900" }, 500],
  ["a reset a day away", { "x-rate-limit-reset": "90000" }, 60_000],
])("after a 429 with %s everybody waits", async (_, headers, wait) => {
  const clock = new FakeClock();
  const pace = new Pace({ clock });
  await pace.turn();
  pace.answered(429, new Headers(headers));
  await pace.turn();
  expect(clock.waits).toEqual([wait]);
});

test("a 429 after a 429 whose reset is over waits twice as long", async () => {
  const clock = new FakeClock();
  const pace = new Pace({ clock });
  for (let time = 0; time < 3; time += 1) {
    await pace.turn();
    pace.answered(429, announced({ reset: 900 }));
  }
  await pace.turn();
  expect(clock.waits).toEqual([500, 1000, 2000]);
});

test("a wait ends with the reason when it is stopped", async () => {
  const stop = new AbortController();
  const pace = new Pace({ signal: stop.signal });
  await pace.turn();
  pace.answered(429, new Headers({ "retry-after": "60" }));
  const waiting = pace.turn();
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow(/stopped|aborted/);
  await expect(pace.turn()).rejects.toThrow("stopped");
});
