import { join } from "node:path";
import { z } from "zod";
import { startIssuers } from "@ai-api-access/verifier/testing";
import type { Bench } from "../kit/bench.ts";
import { median } from "../kit/measure.ts";
import { serve } from "../kit/served.ts";
import { measureLoad, type Throughput } from "../verifier/load.ts";
import type { Order } from "../verifier/api-server.ts";

const CONNECTIONS = 32;
const SECONDS = 4;

export const api: Bench = {
  name: "api",
  description: "requests a second of examples/ai-api, with its guard and without",
  async run({ runs, say }) {
    const issuers = await startIssuers();
    const { config } = issuers;
    const guarded = await serveApi({ open: false, config });
    const open = await serveApi({ open: true, config });
    try {
      const token = issuers.okta.token(Math.floor(Date.now() / 1000));
      const requestTo = (url: string) => ({
        url: `${url}/v1/answers?question=why`,
        headers: { authorization: `Bearer ${token}` },
      });
      const rounds: { readonly guarded: Throughput; readonly open: Throughput }[] = [];
      for (let round = 0; round < runs; round++) {
        say(`api: round ${String(round + 1)} of ${String(runs)}`);
        rounds.push({
          guarded: await measureLoad(requestTo(guarded.url), CONNECTIONS, SECONDS),
          open: await measureLoad(requestTo(open.url), CONNECTIONS, SECONDS),
        });
      }
      const row = (title: string, side: "guarded" | "open"): string[] => {
        const results = rounds.map((round) => round[side]);
        return [
          title,
          median(results.map(({ rate }) => rate)).toFixed(0),
          `${median(results.map(({ p50 }) => p50)).toFixed(0)} ms`,
          `${median(results.map(({ p99 }) => p99)).toFixed(0)} ms`,
          String(results.reduce((sum, { errors }) => sum + errors, 0)),
        ];
      };
      const ratio = median(rounds.map((round) => round.guarded.rate / round.open.rate));
      return {
        title: "The guarded API",
        how: [
          `examples/ai-api answers GET /v1/answers: with its guard, which verifies an Okta access token for every request, and the same routes without.`,
          `autocannon in a process of its own, ${String(CONNECTIONS)} connections, ${String(SECONDS)} s each in turn after a warm-up, medians of ${String(runs)} rounds; client and server share the machine.`,
        ],
        columns: ["", "requests a second", "p50", "p99", "errors"],
        rows: [row("with the guard", "guarded"), row("without", "open")],
        notes: [
          `With the guard the API serves ${ratio.toFixed(2)} times as many requests a second as without.`,
        ],
      };
    } finally {
      await Promise.all([guarded.close(), open.close(), issuers.close()]);
    }
  },
};

async function serveApi(order: Order): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { said, close } = await serve(join(import.meta.dirname, "../verifier/api-server.ts"), order);
  return { url: z.string().parse(said), close };
}
