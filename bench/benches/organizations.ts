import { messageOf } from "@ai-api-access/user-error";
import type { Bench } from "../kit/bench.ts";
import { countCalls, total } from "../kit/calls.ts";
import { goOn, type TimedRun, wasStopped } from "../kit/processes.ts";
import { seconds } from "../kit/report.ts";
import { hostSentence } from "../stacks/pair.ts";
import {
  openFleet,
  openFolder,
  openLoop,
  openTutorial,
  type OrganizationsStack,
} from "../stacks/organizations.ts";
import type { Command } from "../stacks/stack.ts";
import type { Tools } from "../stacks/tools.ts";

interface Way {
  readonly name: string;
  readonly open: (tools: Tools) => Promise<OrganizationsStack>;
  /** With more, it takes hours. */
  readonly most: number;
}

/** With 1,000 of them it takes half an hour more. */
const COUNTS = (process.env.BENCH_ORGANIZATIONS ?? "1,10,100").split(",").map(Number);

const TUTORIAL = "tutorial way";

/** Some 2.5 s for each stack and command. */
const MOST_OF_A_FLEET = Number(process.env.BENCH_FLEET ?? "10");

const WAYS: readonly Way[] = [
  { name: "folder", open: openFolder, most: 1000 },
  { name: "folder, members files", open: (tools) => openFolder(tools, { withMembers: true }), most: 100 },
  { name: "bare loop", open: openLoop, most: 1000 },
  { name: TUTORIAL, open: openTutorial, most: 100 },
  { name: "base and fleet", open: openFleet, most: MOST_OF_A_FLEET },
];

export const organizations: Bench = {
  name: "organizations",
  description:
    "many organizations: a folder of files, a base and a fleet, a bare loop, the tutorial's file for each (BENCH_ORGANIZATIONS=1,10,100,1000, BENCH_FLEET=100: the most with a fleet); only when named",
  onlyByName: true,
  async run({ tools, say }) {
    const rows: string[][] = [];
    for (const { name, open, most } of WAYS) {
      for (const count of COUNTS.filter((one) => one <= most))
        rows.push(...(await life(name, count, await open(tools), say)));
    }
    return {
      title: "Many organizations",
      how: [
        "Each organization is linked to one shared connection. **folder**: the stack of `Pulumi.local.yaml` with `organizationsFolder`; **members files**: the same once more, with three people each in a file. **tutorial way**: `bench/tutorial` once more for each, with an API, roles and applications of its own, in one stack. **bare loop**: `bench/loop`, organizations and links alone, no API, no roles, no checks. **base and fleet**: a stack for each on top of a base, by `ai-api-access fleet`, four at a time.",
        hostSentence(tools),
        "Memory is the most that the command and the processes that it started held at once.",
      ],
      columns: ["", "calls", "wall time", "memory"],
      rows,
      notes: ["The calls do not depend on the machine or what else it does; times do."],
    };
  },
};

/** A row for each step in the life of so many organizations. */
async function life(
  way: string,
  count: number,
  stack: OrganizationsStack,
  say: (line: string) => void,
): Promise<string[][]> {
  const names = Array.from({ length: count }, (_, at) => `customer${String(at).padStart(4, "0")}`);
  const steps: readonly (readonly [string, Command, readonly string[]])[] = [
    ["first up", "up", names],
    ["preview, no change", "preview", names],
    ["refresh, no change", "refresh", names],
    ["one added", "up", [...names, "one-more"]],
    // A fleet is told which stack to take away; a folder and a loop are told what is left.
    ...(way === "base and fleet" ? [] : [["one removed", "up", names] as const]),
  ];
  try {
    const rows: string[][] = [];
    for (const [step, command, declared] of steps) {
      stack.declare(declared);
      let run: TimedRun | undefined;
      const title = `${count.toLocaleString("en-US")}: ${step}: ${way}`;
      const calls = await countCalls(stack.tenants, async () => {
        run = await stack.run(command).catch((error: unknown) => {
          if (way !== TUTORIAL || wasStopped()) throw error;
          say(messageOf(error));
          return undefined;
        });
      });
      goOn();
      // That one goes as far as it does.
      if (run === undefined) return [...rows, [title, "", "fails", ""]];
      say(`organizations: ${title}: ${run.seconds.toFixed(1)} s`);
      rows.push([
        title,
        total(calls).toLocaleString("en-US"),
        seconds(run.seconds),
        `${String(run.memory)} MiB`,
      ]);
    }
    return rows;
  } finally {
    await stack.close();
  }
}
