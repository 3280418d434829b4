/** Tenants that go wrong in the middle of the first `up`: the stack ends as if they had not. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { everyWrite, sample, type Checked } from "../../../bench/faults/check.ts";
import { Walk, type Undisturbed } from "../../../bench/faults/walk.ts";

/** `FAULTS_SEED=2 FAULTS_SAMPLE=50 npm test -- test/local/faults` looks elsewhere, and longer. */
const SEED = Number(process.env.FAULTS_SEED ?? 20_261_122);
const SAMPLE = Number(process.env.FAULTS_SAMPLE ?? 2);

let walk: Walk;
let undisturbed: Undisturbed;
beforeAll(async () => {
  walk = await Walk.begin("stand-in");
  undisturbed = await walk.undisturbed();
});
afterAll(() => walk.close());

const inexact = ({ walked }: Checked) => walked.filter(({ exact }) => !exact);

test("a connection dropped after the write was applied, once at every write: the stack ends exact", async () => {
  const checked = await everyWrite(walk, undisturbed);
  expect(inexact(checked)).toEqual([]);
  expect(checked.missed).toEqual([]);
  expect(checked.walked).not.toEqual([]);
}, 600_000);

test("an app that was made, and whose reading failed, is read again", async () => {
  const unread = {
    method: "GET",
    path: "/api/v1/apps/*",
    count: 1,
    effect: { kind: "status", status: 502, when: "before" },
  } as const;
  const walked = await walk.disturbed({ rules: { okta: [unread] } }, undisturbed);
  expect(walked).toMatchObject({ exact: true, ups: 1 });
  expect(walked.told.join("\n")).toMatch(
    /OAuth service-app was created \(0oa\w+\), and reading it failed: it is read again/,
  );
}, 300_000);

test(
  `${SAMPLE} faults of all others, drawn with seed ${SEED}: the stack ends exact (npm run bench -- faults: all of them)`,
  async () => {
    const checked = await sample(walk, undisturbed, { seed: SEED, size: SAMPLE });
    expect(inexact(checked)).toEqual([]);
    expect(checked.walked).toHaveLength(SAMPLE);
  },
  60_000 * (SAMPLE + 1),
);
