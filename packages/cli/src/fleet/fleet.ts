/** Many stacks of one program, one an organization, each by itself: what fails in one stops only those that wait for it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import PQueue from "p-queue";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { lastPart } from "../shared/stack/backend.ts";
import type { Journal } from "./journal.ts";
import { changesIn, isThrough, reasonIn } from "./said.ts";
import type { FleetCommand, FleetStack } from "./stack.ts";

/** What became of one stack. */
export type Outcome = { readonly name: string } & (
  | { readonly kind: "done"; readonly seconds: number; readonly changes: string }
  | { readonly kind: "failed"; readonly seconds: number; readonly why: string; readonly log: string }
  | { readonly kind: "done before" }
  /** With the stack that it waited for, when that was not done. */
  | { readonly kind: "not begun"; readonly after?: string }
);

export interface FleetOptions {
  readonly stacks: readonly FleetStack[];
  readonly command: FleetCommand;
  /** The base stack of a stack, both by the last part of their names. */
  readonly bases: ReadonlyMap<string, string>;
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

/**
 * Runs a command on every stack; the outcomes come in the order of the stacks. In an `up` a base stack comes before
 * those on top of it, in a `destroy` after them; what waits for a stack that is not done is not begun.
 */
export async function runFleet(options: FleetOptions): Promise<Outcome[]> {
  const { stacks, parallel, journal, logs, signal, say } = options;
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const queue = new PQueue({ concurrency: parallel });
  const waitsFor = orderOf(options);
  const outcomes = new Map<FleetStack, Promise<Outcome>>();
  let through = 0;
  const outcomeOf = (stack: FleetStack): Promise<Outcome> => {
    const running = outcomes.get(stack) ?? begin(stack);
    outcomes.set(stack, running);
    return running;
  };
  const begin = async (stack: FleetStack): Promise<Outcome> => {
    const { name } = stack;
    const before = await Promise.all((waitsFor.get(stack) ?? []).map(outcomeOf));
    const open = before.find(({ kind }) => kind === "failed" || kind === "not begun");
    return queue.add(async (): Promise<Outcome> => {
      const outcome: Outcome = journal.isDone(name)
        ? { name, kind: "done before" }
        : open !== undefined
          ? { name, kind: "not begun", after: open.name }
          : signal.aborted
            ? { name, kind: "not begun" }
            : await runOne(stack, options);
      if (outcome.kind === "done") journal.done(name);
      through += 1;
      say(`[${through}/${stacks.length}] ${describe(outcome)}`);
      return outcome;
    });
  };
  return Promise.all(stacks.map(outcomeOf));
}

/** The stacks of the fleet that each waits for. */
function orderOf({ stacks, command, bases }: FleetOptions): ReadonlyMap<FleetStack, readonly FleetStack[]> {
  const baseOf = ({ name }: FleetStack): FleetStack | undefined => {
    const base = bases.get(lastPart(name));
    return base === undefined ? undefined : stacks.find((one) => lastPart(one.name) === base);
  };
  const chainOf = (stack: FleetStack): FleetStack[] => {
    const chain: FleetStack[] = [];
    for (let next = baseOf(stack); next !== undefined && !chain.includes(next); next = baseOf(next)) {
      chain.push(next);
    }
    return chain;
  };
  // Stacks that are a base of one another have no order.
  const pairs = stacks.flatMap((stack) => {
    const chain = chainOf(stack);
    const [base] = chain;
    return base === undefined || chain.includes(stack) ? [] : [{ stack, base }];
  });
  const waits = new Map<FleetStack, FleetStack[]>();
  for (const { stack, base } of pairs) {
    const [later, sooner] = command === "destroy" ? [base, stack] : [stack, base];
    if (command === "up" || command === "destroy") waits.set(later, [...(waits.get(later) ?? []), sooner]);
  }
  return waits;
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
      return `${outcome.name}: not begun${outcome.after === undefined ? "" : `, since ${outcome.after} is not done`}`;
  }
}
