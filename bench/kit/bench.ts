import type { Tools } from "../stacks/tools.ts";
import type { Report } from "./report.ts";

interface BenchOptions {
  readonly tools: Tools;
  /** How often each thing is measured; the median counts. */
  readonly runs: number;
  readonly say: (line: string) => void;
}

/** One measurement: `npm run bench -- NAME`, written to `bench/results/NAME.md`. */
export interface Bench {
  readonly name: string;
  readonly description: string;
  /** It takes so long that it runs only when it is named. */
  readonly onlyByName?: true;
  run(options: BenchOptions): Promise<Report>;
}
