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
    expect(await expectMended(victim, writes)).toBe(true);
  },
);
