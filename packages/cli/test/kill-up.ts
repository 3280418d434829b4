import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { setTimeout as sleep } from "node:timers/promises";
import { leftAfter, processTree, type Process } from "@ai-api-access/testing/processes.ts";

/**
 * Begins an `up` and kills its engine (`kill -9`) as soon as `isTime` says so.
 *
 * @returns the plugins that live on long after, or `undefined` when the run was over before
 */
export async function killUp(stack: Stack, isTime: () => boolean): Promise<readonly Process[] | undefined> {
  const run: { over: boolean } = { over: false };
  const end = () => {
    run.over = true;
  };
  const done = stack.up({ showSecrets: false }).then(end, end);
  while (!run.over && !isTime()) await sleep(10);
  const tree = await processTree(process.pid);
  const engine = tree.find(({ command }) => command.includes("/pulumi up "));
  if (engine !== undefined) process.kill(engine.pid, "SIGKILL");
  await done;
  const plugins = tree.filter(({ command }) => command.includes("stand-in-providers"));
  return engine === undefined ? undefined : leftAfter(25_000, plugins);
}
