import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import type { Bench } from "../kit/bench.ts";
import { goOn } from "../kit/processes.ts";
import { inventory } from "../kills/inventory.ts";
import { killInTheMiddle, start, VICTIMS, type Victim } from "../kills/kill.ts";

/** Writes that the first `up` of the local stack makes before it is done: moments are spread over these. */
const MOMENTS = [1, 3, 5, 7, 9, 11, 13, 15, 18, 21] as const;

interface Outcome {
  readonly hit: boolean;
  readonly mended: boolean;
  readonly left: number;
  /** What went otherwise, where it was not mended. */
  readonly why?: unknown;
}

export const kills: Bench = {
  name: "kills",
  description: "`kill -9` of each part in the middle of `npm start`, at ten moments each",
  async run({ say }) {
    const undisturbed = await inHome(async (home) => {
      await start(home).done;
      return holdings(home);
    });
    const rows: string[][] = [];
    for (const victim of VICTIMS) {
      const outcomes: Outcome[] = [];
      for (const writes of MOMENTS) {
        const outcome = await inHome((home) => killAndMend(home, victim, writes, undisturbed));
        say(`kills: ${victim} after ${String(writes)} writes: ${JSON.stringify(outcome)}`);
        outcomes.push(outcome);
      }
      const hits = outcomes.filter(({ hit }) => hit);
      rows.push([
        victim,
        String(outcomes.length),
        String(hits.length),
        String(hits.filter(({ mended }) => mended).length),
        String(hits.reduce((sum, { left }) => sum + left, 0)),
      ]);
    }
    return {
      title: "Kills",
      how: [
        "`npm start` on new tenants; `kill -9` of one process as soon as the tenants have got so many writes; then `npm start` again, undisturbed.",
        `Moments: after ${MOMENTS.join(", ")} writes. Mended: the second start succeeds and the tenants hold what they hold after an undisturbed start, nothing twice.`,
      ],
      columns: ["killed", "moments", "hit in time", "mended", "processes left behind"],
      rows,
    };
  },
};

async function killAndMend(
  home: string,
  victim: Victim,
  writes: number,
  undisturbed: Record<string, string[]>,
): Promise<Outcome> {
  const kill = await killInTheMiddle(home, victim, writes);
  const { code, output } = await start(home).done;
  const held = await holdings(home);
  const outcome = { hit: kill !== undefined, left: kill?.left.length ?? 0 };
  if (code === 0 && isDeepStrictEqual(held, undisturbed)) return { ...outcome, mended: true };
  return { ...outcome, mended: false, why: { code, held, first: kill?.output, second: output } };
}

/** What the tenants of a home hold, while nobody serves them. */
async function holdings(home: string): Promise<Record<string, string[]>> {
  const tenants = await serveTenants({ folder: join(home, "tenants") });
  try {
    return await inventory(tenants.access);
  } finally {
    await tenants.close();
  }
}

async function inHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  goOn();
  const home = mkdtempSync(join(tmpdir(), "ai-api-access-kills-"));
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
