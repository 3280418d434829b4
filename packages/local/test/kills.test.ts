/** `kill -9` in the middle of `npm start`, whatever it hits: the next start goes on and nothing is there twice. */
import { expect, test } from "@jest/globals";
import type { Victim } from "./kills/kill.ts";
import { expectMended } from "./kills/mended.ts";

// One moment each for two of the parts; `npm run soak` goes through ten moments for every part.
const MOMENTS: [Victim, number][] = [
  ["CLI", 5],
  ["tenants", 7],
];

test.each(MOMENTS)(
  "kill -9 of the %s after %i writes is mended by the next npm start",
  async (victim, writes) => {
    // On a busy machine a start may be over before it is killed.
    let hit = false;
    for (let tries = 0; !hit && tries < 5; tries += 1) hit = await expectMended(victim, writes);
    expect(hit).toBe(true);
  },
);
