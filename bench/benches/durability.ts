import { z } from "zod";
import { killWhileWriting } from "../durability/kills.ts";
import type { Bench } from "../kit/bench.ts";
import { inPieces } from "../kit/progress.ts";
import { VENDORS, VENDOR_TITLES, type VendorName } from "../load/client.ts";

/** Each series is a pair of tenants of its own, killed so often. */
const SERIES = 8;
const KILLS = 25;
const WRITERS = 8;
const FIRST_SEED = 20_261_122;

const durabilitySchema = z.object({
  vendor: z.enum(VENDORS),
  acknowledged: z.number(),
  unanswered: z.object({ applied: z.number(), notApplied: z.number() }),
  findings: z.array(z.object({ kind: z.enum(["lost", "torn"]), what: z.string() })).readonly(),
  integrity: z.string(),
});
const seriesSchema = z.object({ tenants: z.array(durabilitySchema).readonly(), whileStarting: z.number() });
type Durability = z.infer<typeof durabilitySchema>;

export const durability: Bench = {
  name: "durability",
  description: "`kill -9` of the tenants at random moments under writes, against what they acknowledged",
  async run({ say, deadline }) {
    const seeds = Array.from({ length: SERIES }, (_, index) => FIRST_SEED + index);
    const series = await inPieces({
      name: "durability",
      keys: seeds.map(String),
      schema: seriesSchema,
      say,
      deadline,
      async measure(seed) {
        const killed = await killWhileWriting({ kills: KILLS, seed: Number(seed), writers: WRITERS });
        say(`durability: series ${seed}: ${JSON.stringify(killed)}`);
        return killed;
      },
    });
    const tenants = series.flatMap((each) => each.tenants);
    const whileStarting = total(series, (each) => each.whileStarting);
    const kills = SERIES * KILLS;
    return {
      title: "Durability",
      how: [
        `${String(WRITERS)} writers for each tenant write without pause; the process that serves both tenants is killed (\`kill -9\`) at random moments and started again on the same files: ${String(KILLS)} times for each of ${String(SERIES)} pairs (seeds ${String(seeds[0])} to ${String(seeds.at(-1))}).`,
        `${String(whileStarting)} of the ${String(kills)} kills came while the tenants were starting.`,
        "After each start everything about the writes under way is read again, and at the end everything that was ever acknowledged.",
        "Lost: an acknowledged write that does not show. Torn: a write of which a part shows and a part does not.",
      ],
      columns: [
        "",
        "kills",
        "acknowledged writes",
        "lost",
        "torn",
        "unanswered, applied",
        "unanswered, not applied",
        "files whole",
      ],
      rows: VENDORS.map((vendor) => row(vendor, kills, tenants)),
      notes: [
        "Every write of a request is one SQLite transaction, committed before the answer is sent. The files are in WAL mode with `synchronous = NORMAL`: " +
          "what was committed is with the operating system, so the death of the process cannot take it back.",
        "A power cut or a crash of the system is something else, and was not tried: by SQLite's documentation the files stay whole then, but the last commits may be missing, since nothing waits for the disk.",
      ],
    };
  },
};

function row(vendor: VendorName, kills: number, all: readonly Durability[]): string[] {
  const tenants = all.filter((tenant) => tenant.vendor === vendor);
  const found = (kind: "lost" | "torn"): string =>
    String(tenants.flatMap(({ findings }) => findings).filter((finding) => finding.kind === kind).length);
  const whole = tenants.filter(({ integrity }) => integrity === "ok").length;
  return [
    VENDOR_TITLES[vendor],
    String(kills),
    String(total(tenants, ({ acknowledged }) => acknowledged)),
    found("lost"),
    found("torn"),
    String(total(tenants, ({ unanswered }) => unanswered.applied)),
    String(total(tenants, ({ unanswered }) => unanswered.notApplied)),
    `${String(whole)} of ${String(tenants.length)}`,
  ];
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
