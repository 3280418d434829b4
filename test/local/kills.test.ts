/** `kill -9` in the middle of `npm start`, whatever it hits: the next start goes on and nothing is there twice. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { inventory } from "../../bench/kills/inventory.ts";
import { killInTheMiddle, start, type Victim } from "../../bench/kills/kill.ts";
import { TestTwin } from "../support/twin";

// One moment each for three of the parts; `npm run bench -- kills` goes through ten moments for every part.
const MOMENTS: [Victim, number][] = [
  ["CLI", 5],
  ["auth0 stand-in", 9],
  ["tenants", 7],
];

let declared: Record<string, string[]>;
const homes: TestTwin[] = [];

beforeAll(async () => {
  const undisturbed = await TestTwin.born();
  await undisturbed.run("up");
  declared = await inventory(undisturbed.tenants.access);
  await undisturbed.close();
});
afterAll(() => {
  for (const twin of homes) twin.remove();
});

test.each(MOMENTS)(
  "kill -9 of the %s after %i writes is mended by the next npm start",
  async (victim, writes) => {
    const twin = await TestTwin.born();
    homes.push(twin);
    // The commands below serve the tenants of this home themselves.
    await twin.tenants.close();
    const kill = await killInTheMiddle(twin.home.folder, victim, writes);
    expect(kill).toBeDefined();
    expect(kill?.left).toEqual([]);

    expect(await start(twin.home.folder).done).toMatchObject({ code: 0 });
    const reopened = await twin.reopened();
    try {
      expect(await inventory(reopened.tenants.access)).toEqual(declared);
      expect((await reopened.run("preview")).changes).toEqual({ same: 27 });
    } finally {
      await reopened.tenants.close();
    }
  },
);
