/** One address under as many requests as it can answer. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

const requestSchema = z.object({
  url: z.string(),
  method: z.enum(["GET", "POST"]).default("GET"),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
});
/** A request that is sent again and again. */
export type LoadRequest = z.input<typeof requestSchema>;

export const loadSchema = z.object({
  connections: z.number(),
  seconds: z.number(),
  warmup: z.number(),
  request: requestSchema,
});

const resultSchema = z.object({
  requests: z.object({ average: z.number(), total: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  errors: z.number(),
  timeouts: z.number(),
  non2xx: z.number(),
});

export interface Throughput {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Requests without an answer, or with one that is no success. */
  readonly errors: number;
}

/** Sends the request over so many connections for some seconds, after a warm-up. */
export async function measureLoad(
  request: LoadRequest,
  connections: number,
  seconds: number,
): Promise<Throughput> {
  const cannon = fork(join(import.meta.dirname, "cannon.ts"), { execArgv: [] });
  const result = await new Promise<unknown>((resolve, reject) => {
    cannon.once("message", resolve);
    cannon.once("exit", (code) => {
      reject(new Error(`autocannon ended with exit code ${String(code)}.`));
    });
    cannon.send({ request, connections, seconds, warmup: 2 });
  });
  const { requests, latency, errors, timeouts, non2xx } = resultSchema.parse(result);
  return { rate: requests.average, p50: latency.p50, p99: latency.p99, errors: errors + timeouts + non2xx };
}
