/** Many stacks of one program, one an organization, each by itself: what happens to one does not stop the others. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import PQueue from "p-queue";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import type { Journal } from "./journal.ts";
import { changesIn, isThrough, reasonIn } from "./said.ts";
import type { FleetCommand, FleetStack } from "./stack.ts";

/** What became of one stack. */
export type Outcome = { readonly name: string } & (
  | { readonly kind: "done"; readonly seconds: number; readonly changes: string }
  | { readonly kind: "failed"; readonly seconds: number; readonly why: string; readonly log: string }
  | { readonly kind: "done before" }
  | { readonly kind: "not begun" }
);

export interface FleetOptions {
  readonly stacks: readonly FleetStack[];
  readonly command: FleetCommand;
  /** How many stacks are at work at a time. */
  readonly parallel: number;
  /** What an earlier run has done is left out. */
  readonly journal: Journal;
  /** Where the engine's own words on each stack are kept. */
  readonly logs: string;
  /** Begins no further stack, and interrupts those at work: what is under way is finished and saved. */
  readonly signal: AbortSignal;
  /** Progress, a line whenever a stack is through. */
  readonly say: (line: string) => void;
}

/** Runs a command on every stack; the outcomes come in the order of the stacks. */
export async function runFleet(options: FleetOptions): Promise<Outcome[]> {
  const { stacks, parallel, journal, logs, signal, say } = options;
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const queue = new PQueue({ concurrency: parallel });
  let through = 0;
  const outcomes = stacks.map((stack) =>
    queue.add(async (): Promise<Outcome> => {
      const { name } = stack;
      const outcome: Outcome = journal.isDone(name)
        ? { name, kind: "done before" }
        : signal.aborted
          ? { name, kind: "not begun" }
          : await runOne(stack, options);
      if (outcome.kind === "done") journal.done(name);
      through += 1;
      say(`[${through}/${stacks.length}] ${describe(outcome)}`);
      return outcome;
    }),
  );
  return Promise.all(outcomes);
}

async function runOne(stack: FleetStack, { command, logs, signal }: FleetOptions): Promise<Outcome> {
  const { name } = stack;
  const begun = performance.now();
  const { code, output } = await stack.run(command, signal);
  const seconds = (performance.now() - begun) / 1000;
  const log = join(logs, `${name.replaceAll("/", "-")}.log`);
  writeWhole(log, output);
  return code === 0 && isThrough(output)
    ? { name, kind: "done", seconds, changes: changesIn(output) }
    : { name, kind: "failed", seconds, why: reasonIn(output), log };
}

/** One line of what became of a stack. */
function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "done":
      return `${outcome.name}: ${outcome.changes} (${outcome.seconds.toFixed(1)} s)`;
    case "failed":
      return `${outcome.name}: failed (${outcome.seconds.toFixed(1)} s): ${outcome.why.split("\n", 1)[0] ?? ""}`;
    case "done before":
      return `${outcome.name}: was done before`;
    case "not begun":
      return `${outcome.name}: not begun`;
  }
}
