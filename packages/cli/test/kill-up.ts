import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { killAll, leftAfter, processTree, type Process } from "@ai-api-access/testing/processes.ts";
import type { RealTestStack } from "./real-stack.ts";

/** What is killed: the engine alone, or with it the program and the plugins. */
export type Victims = "engine" | "everything";

/** A run whose exit code is 0 was over before the kill. */
export interface KilledUp {
  /** Of the process that has the program; `null` where a signal ended it. */
  readonly code: number | null;
  /** What lives on long after. */
  readonly left: readonly Process[];
}

/** Begins an `up` and kills (`kill -9`) as soon as `isTime` says so. */
export async function killUp(
  real: RealTestStack,
  isTime: () => boolean,
  victims: Victims = "engine",
): Promise<KilledUp> {
  const child = real.startUp();
  const ended = once(child, "exit");
  while (child.exitCode === null && !isTime()) await sleep(5);
  const tree = child.pid === undefined ? [] : await processTree(child.pid);
  killAll(tree.filter(({ command }) => victims === "everything" || /(?:^|\/)pulumi up /.test(command)));
  await ended;
  return { code: child.exitCode, left: await leftAfter(25_000, tree) };
}
