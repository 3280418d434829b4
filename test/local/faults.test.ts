/** Tenants that go wrong in the middle of the first `up`: the stack ends as if they had not. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { repositoryRoot } from "../../local/machine/folders.ts";

/** `FAULTS_SEED=2 FAULTS_SAMPLE=50 npm test -- test/local/faults` looks elsewhere, and longer. */
const SEED = process.env.FAULTS_SEED ?? "20261122";
const SAMPLE = process.env.FAULTS_SAMPLE ?? "2";

const checkedSchema = z.object({
  walked: z.array(z.looseObject({ what: z.string(), exact: z.boolean(), why: z.string().optional() })),
  missed: z.array(z.string()),
});

async function check(...what: string[]): Promise<z.infer<typeof checkedSchema>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(repositoryRoot, "bench/faults/check.ts"), ...what],
    { maxBuffer: 1e8 },
  );
  // What the Pulumi SDK has to say of the stack that failed may come before.
  return checkedSchema.parse(JSON.parse(stdout.slice(stdout.indexOf('{"walked"'))));
}

const inexact = ({ walked }: z.infer<typeof checkedSchema>) => walked.filter(({ exact }) => !exact);

test("a connection dropped after the write was applied, once at every write: the stack ends exact", async () => {
  const checked = await check("writes");
  expect(inexact(checked)).toEqual([]);
  expect(checked.missed).toEqual([]);
  expect(checked.walked).not.toEqual([]);
}, 600_000);

test(
  `${SAMPLE} faults of all others, drawn with seed ${SEED}: the stack ends exact (npm run bench -- faults: all of them)`,
  async () => {
    const checked = await check("sample", SEED, SAMPLE);
    expect(inexact(checked)).toEqual([]);
    expect(checked.walked).toHaveLength(Number(SAMPLE));
  },
  60_000 * (Number(SAMPLE) + 1),
);
