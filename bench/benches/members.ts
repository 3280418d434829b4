import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import type { Bench, BenchOptions } from "../kit/bench.ts";
import { inPieces, measuredSoFar, UnfinishedError } from "../kit/progress.ts";
import { badIdSchema, measureBadId } from "../members/bad-id.ts";
import { chartOf } from "../members/chart.ts";
import { measuredSchema, measureLife, measureLimited, stepsSchema } from "../members/life.ts";
import { PLANS } from "../members/limited.ts";
import { measurePluginStart } from "../members/plugin-start.ts";
import { measurePreviews } from "../members/previews.ts";
import { memberReport } from "../members/report.ts";
import { WAYS } from "../members/sides.ts";
import type { Way } from "../members/sides.ts";
import { hostSentence } from "../stacks/pair.ts";

/** With more, the tutorial way takes hours. */
const COUNTS: Readonly<Record<Way, readonly number[]>> = {
  roster: [1, 100, 1_000, 10_000],
  tutorial: [1, 100, 1_000],
};
/** People whose preview is set against that of one. */
const MANY = 1_000;
/** People of the runs in real time under a limit. */
const LIMITED = 100;
const PLUGIN_STARTS = 10;
const BAD_ID_AMONG = 10_000;
const CHART = join(repositoryRoot, "docs", "members.svg");

const way = z.enum(WAYS);
const count = z.number();
const pieceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("life"), way, count, steps: stepsSchema }),
  z.object({ kind: z.literal("previews"), one: z.number(), many: z.number() }),
  z.object({ kind: z.literal("limited"), way, count, plan: z.enum(PLANS), up: measuredSchema }),
  z.object({ kind: z.literal("plugin start"), milliseconds: z.number() }),
  z.object({ kind: z.literal("bad id"), ...badIdSchema.shape }),
]);
type Piece = z.infer<typeof pieceSchema>;
type Measure = (options: BenchOptions) => Promise<Piece>;

/** The life of a stack with so many people. */
function lives(way: Way): [string, Measure][] {
  return COUNTS[way].map((count) => [
    `life ${way} ${String(count)}`,
    async ({ tools, say }) => ({
      kind: "life",
      way,
      count,
      steps: await measureLife(way, count, tools, say),
    }),
  ]);
}

/** A first `up` in real time, on a tenant that limits its callers as a plan does. */
function limited(way: Way): [string, Measure][] {
  return PLANS.map((plan) => [
    `limited ${way} ${plan}`,
    async ({ tools }) => ({
      kind: "limited",
      way,
      count: LIMITED,
      plan,
      up: await measureLimited(way, LIMITED, plan, tools),
    }),
  ]);
}

/** What is measured, each by its name in the progress; what takes longest comes last. */
const PIECES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  [
    "plugin start",
    async () => ({ kind: "plugin start", milliseconds: await measurePluginStart(PLUGIN_STARTS) }),
  ],
  ...lives("roster"),
  [
    "previews roster",
    async (options) => ({ kind: "previews", ...(await measurePreviews("roster", MANY, options)) }),
  ],
  ["bad id", async ({ tools }) => ({ kind: "bad id", ...(await measureBadId(BAD_ID_AMONG, tools)) })],
  ...limited("roster"),
  ...lives("tutorial"),
  ...limited("tutorial"),
]);

export const members: Bench = {
  name: "members",
  description: "an organization's people in one resource, beside two resources a person",
  onlyByName: true,
  async run(options) {
    const { tools, deadline, say } = options;
    const missing: string[] = [];
    const found = await inPieces({
      name: members.name,
      keys: [...PIECES.keys()],
      schema: pieceSchema,
      measure: async (key) => {
        say(`members: ${key}`);
        const measure = PIECES.get(key);
        if (measure === undefined) throw new Error(`${key} is nothing to measure.`);
        return measure(options);
      },
      deadline,
      say,
    }).catch((error: unknown) => {
      if (!(error instanceof UnfinishedError)) throw error;
      // It takes long: what is there can be looked at, and says what is not.
      say(error.message);
      const soFar = measuredSoFar({ name: members.name, schema: pieceSchema });
      missing.push(...[...PIECES.keys()].filter((key) => !soFar.has(key)));
      return [...soFar.values()];
    });
    const only = <K extends Piece["kind"]>(kind: K) =>
      found.filter((piece): piece is Extract<Piece, { kind: K }> => piece.kind === kind);
    const measuredLives = only("life");
    writeWhole(CHART, chartOf(measuredLives));
    say(`members: the chart is in ${CHART}`);
    return memberReport(
      {
        lives: measuredLives,
        previews: only("previews")[0],
        pluginStart: only("plugin start")[0]?.milliseconds,
        limited: only("limited"),
        badId: only("bad id")[0],
        missing,
      },
      hostSentence(tools),
    );
  },
};
