/** The verifiers side by side: they take turns with short slices, so that what else the machine does falls on all. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { median } from "../kit/measure.ts";
import type { Order, Setup } from "./subject.ts";
import { verifierSchema, type Trust, type VerifierName } from "./verifiers.ts";

const sliceSchema = z.object({ seconds: z.number(), milliseconds: z.array(z.number()) });
/** What came of a slice: how long it took, and each verification in it. */
type Slice = z.infer<typeof sliceSchema>;

/** What came of a run, or the medians of several. */
export interface Rate {
  readonly name: VerifierName;
  /** Verifications a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Comparison {
  readonly trust: Trust;
  readonly tokens: readonly string[];
  readonly atOnce: number;
  /** How often the whole is done; the medians count. */
  readonly runs: number;
}

const SLICES = 60;
const IN_A_SLICE = 200;
const WARM_UP = 4000;

class Subject {
  readonly name: VerifierName;
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  constructor(name: VerifierName, { trust, tokens }: Comparison) {
    this.name = name;
    this.#child = fork(join(import.meta.dirname, "subject.ts"), { execArgv: [] });
    this.#ready = this.#answer({ verifier: name, trust, tokens: [...tokens] });
  }

  async verify(order: Order): Promise<Slice> {
    await this.#ready;
    return sliceSchema.parse(await this.#answer(order));
  }

  async close(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }

  #answer(message: Setup | Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => {
        reject(new Error(`${this.name} ended with exit code ${String(code)}.`));
      };
      this.#child.once("exit", ended);
      this.#child.once("message", (answer) => {
        this.#child.off("exit", ended);
        resolve(answer);
      });
      this.#child.send(message);
    });
  }
}

/** Every verifier on the same tokens. */
export async function compare(comparison: Comparison): Promise<Rate[]> {
  const { atOnce, runs } = comparison;
  const subjects = verifierSchema.options.map((name) => new Subject(name, comparison));
  try {
    for (const subject of subjects) await subject.verify({ verifications: WARM_UP, atOnce });
    const rates: Rate[][] = [];
    for (let run = 0; run < runs; run++) rates.push(await turns(subjects, atOnce));
    return subjects.map(({ name }) => mediansOf(name, rates.flat()));
  } finally {
    await Promise.all(subjects.map((subject) => subject.close()));
  }
}

async function turns(subjects: readonly Subject[], atOnce: number): Promise<Rate[]> {
  const slices = new Map(subjects.map(({ name }): [VerifierName, Slice[]] => [name, []]));
  for (let turn = 0; turn < SLICES; turn++) {
    // Whoever goes first changes, so that nobody always runs on what another left in the machine's caches.
    const first = turn % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      slices.get(subject.name)?.push(await subject.verify({ verifications: IN_A_SLICE, atOnce }));
    }
  }
  return [...slices].map(([name, done]) => rateOf(name, done));
}

function rateOf(name: VerifierName, slices: readonly Slice[]): Rate {
  const milliseconds = slices.flatMap((slice) => slice.milliseconds).toSorted((a, b) => a - b);
  const at = (share: number): number => milliseconds[Math.floor(milliseconds.length * share)] ?? NaN;
  const seconds = slices.reduce((sum, slice) => sum + slice.seconds, 0);
  return { name, rate: milliseconds.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function mediansOf(name: VerifierName, runs: readonly Rate[]): Rate {
  const own = runs.filter((run) => run.name === name);
  return {
    name,
    rate: median(own.map(({ rate }) => rate)),
    p50: median(own.map(({ p50 }) => p50)),
    p99: median(own.map(({ p99 }) => p99)),
  };
}
