import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import type { Bench } from "../kit/bench.ts";
import { timesOf } from "../kit/measure.ts";
import { timed, type TimedRun } from "../kit/processes.ts";
import { seconds } from "../kit/report.ts";

const AIM_SECONDS = 15;

/** The engine's count when there was nothing to do, and no other count beside it. */
const NOTHING_CHANGED = /Resources:\n\s+\d+ unchanged\n/;

export const start: Bench = {
  name: "start",
  description: "`npm start` when the stack is up already",
  async run({ tools, runs, say }) {
    const home = mkdtempSync(join(tmpdir(), "ai-api-access-bench-"));
    const npmStart = (): Promise<TimedRun> =>
      npm(["start", "--", "--providers", tools.providers.kind], { AI_API_ACCESS_TWIN: home });
    try {
      say("start: the first `npm start`, from nothing");
      const first = await npmStart();
      say(`start: ${String(runs)} more`);
      const again: number[] = [];
      for (let run = 0; run < runs; run++) {
        const { seconds: took, output } = await npmStart();
        if (!NOTHING_CHANGED.test(output)) throw new Error(`\`npm start\` changed something:\n${output}`);
        again.push(took);
      }
      const times = timesOf(again);
      return {
        title: "npm start",
        how: [
          "Wall time of the whole command in a home of its own: tenants started, `pulumi up`, outputs, tenants stopped. " +
            `The engine is there already; median of ${String(runs)} runs in which nothing changes.`,
        ],
        columns: ["", "wall time", "fastest", "slowest", "aim"],
        rows: [
          ["first, from nothing", seconds(first.seconds), "", "", ""],
          [
            "again, nothing changes",
            ...[times.median, times.fastest, times.slowest].map(seconds),
            `≤ ${String(AIM_SECONDS)} s${times.median <= AIM_SECONDS ? "" : ", missed"}`,
          ],
        ],
      };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** Runs the npm that runs this bench, else the one on PATH. */
function npm(args: readonly string[], env: Readonly<Record<string, string>>): Promise<TimedRun> {
  const script = process.env.npm_execpath;
  return script === undefined
    ? timed("npm", args, { cwd: repositoryRoot, env })
    : timed(process.execPath, [script, ...args], { cwd: repositoryRoot, env });
}
