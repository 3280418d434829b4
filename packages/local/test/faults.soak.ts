/** A fault at every write of the first `up`, and others at places drawn at random: the stack ends exact. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { everyWrite, sample, type Checked } from "./faults/check.ts";
import { Walk, type Undisturbed } from "./faults/walk.ts";

const SEED = Number(process.env.SOAK_SEED ?? 20_261_122);
const RUNS = Number(process.env.SOAK_RUNS ?? 50);

let walk: Walk;
let undisturbed: Undisturbed;
beforeAll(async () => {
  walk = await Walk.begin("stand-in");
  undisturbed = await walk.undisturbed();
});
afterAll(() => walk.close());

const inexact = ({ walked }: Checked) => walked.filter(({ exact }) => !exact);

test("a connection dropped after the write was applied, at every write in turn: the stack ends exact", async () => {
  const checked = await everyWrite(walk, undisturbed);
  expect(inexact(checked)).toEqual([]);
  // Writes to one path come in any order, so a rare run meets one of them in no round.
  expect(checked.missed.length).toBeLessThanOrEqual(1);
  expect(checked.walked).not.toEqual([]);
});

test(`${RUNS} faults of all others, drawn with seed ${SEED}: the stack ends exact`, async () => {
  const checked = await sample(walk, undisturbed, { seed: SEED, size: RUNS });
  expect(inexact(checked)).toEqual([]);
  expect(checked.walked).toHaveLength(RUNS);
});
