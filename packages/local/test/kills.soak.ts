/** `kill -9` of each part at ten moments of `npm start`: the next start goes on and nothing is there twice. */
import { expect, test } from "@jest/globals";
import { VICTIMS } from "./kills/kill.ts";
import { expectMended } from "./kills/mended.ts";

/** Writes that the first `up` makes before it is done. */
const MOMENTS = [1, 3, 5, 7, 9, 11, 13, 15, 18, 21];

test.each(VICTIMS)("kill -9 of the %s is mended by the next npm start", async (victim) => {
  let hits = 0;
  for (const writes of MOMENTS) if (await expectMended(victim, writes)) hits += 1;
  expect(hits).toBeGreaterThan(0);
});
