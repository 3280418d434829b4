import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { auth0Limits } from "@ai-api-access/emulator-auth0/limits.ts";
import { RateLimits } from "@ai-api-access/emulator-core";
import { duration } from "@ai-api-access/roster/messages.ts";
import { addCrowd, userId } from "@ai-api-access/testing/crowd.ts";
import type { Bench } from "../kit/bench.ts";
import { goOn } from "../kit/processes.ts";
import { seconds } from "../kit/report.ts";
import { hostSentence } from "../stacks/pair.ts";
import { openPeopleStack, type PeopleStack, type Way, WAYS } from "../stacks/people.ts";
import type { Command } from "../stacks/stack.ts";
import type { Tools } from "../stacks/tools.ts";

/** With more, the tutorial way takes hours. */
const COUNTS: Readonly<Record<Way, readonly number[]>> = {
  roster: [100, 1_000, 10_000],
  "tutorial way": [100, 1_000],
};
const PLANS = ["free", "enterprise"] as const;
/** A request that a limit refuses is tried again after so many milliseconds. */
const RETRY_MS = 10;

export const members: Bench = {
  name: "members",
  description: "an organization's people in one resource, beside two resources a person; only when named",
  onlyByName: true,
  async run({ tools, say }) {
    const rows: string[][] = [];
    for (const way of WAYS) {
      for (const count of COUNTS[way]) rows.push(...(await life(way, count, tools, say)));
    }
    return {
      title: "Ten thousand members",
      how: [
        "The stack of `Pulumi.local.yaml` with its people in `membersFile`, each with one role (**roster**), beside the same stack with two resources a person (**tutorial way**, `bench/tutorial`), each against a tenant of its own.",
        hostSentence(tools),
        "After the first `up` and after the swap of one percent, the bench looks into the tenant and fails unless the organization holds exactly who is declared.",
      ],
      columns: [
        "",
        "calls for members",
        "all Auth0 calls",
        "wall time",
        ...PLANS.map((plan) => `${plan} plan`),
      ],
      rows,
      notes: [
        "The last columns are simulated, not waited for: the calls pass the tenant's own rate limits one after another, each as soon as the limit lets it.",
        "The roster's calls do not depend on the machine or what else it does; times do.",
      ],
    };
  },
};

/** The life of a stack with so many people, a row for each step. */
async function life(way: Way, count: number, tools: Tools, say: (line: string) => void): Promise<string[][]> {
  const swap = Math.max(1, Math.round(count / 100));
  const before = crowd(0, count);
  const after = crowd(swap, count + swap);
  const steps: readonly (readonly [string, Command, readonly string[]])[] = [
    ["first up", "up", before],
    ["preview, no change", "preview", before],
    ["refresh, no change", "refresh", before],
    [`swap of ${figure(swap)}`, "up", after],
    ["destroy", "destroy", []],
  ];
  const stack = await openPeopleStack(way, tools);
  try {
    addCrowd(stack.tenants.auth0, count + swap);
    const rows: string[][] = [];
    for (const [step, command, declared] of steps) {
      if (declared.length > 0) stack.declare(declared);
      const { requests, wall } = await measure(stack, command);
      goOn();
      if (command === "up") expectMembers(stack, declared);
      const title = `${figure(count)}: ${step}: ${way}`;
      say(`members: ${title}: ${wall.toFixed(1)} s`);
      const calls = [requests.filter(isForMembers).length, requests.length].map(figure);
      const limited = PLANS.map((plan) => duration(1000 * Math.max(1, secondsUnder(plan, requests))));
      rows.push([title, ...calls, seconds(wall), ...limited]);
    }
    return rows;
  } finally {
    await stack.close();
  }
}

interface AuthRequest {
  readonly method: string;
  readonly path: string;
}

async function measure(stack: PeopleStack, command: Command) {
  const { auth0 } = stack.tenants;
  const requests: AuthRequest[] = [];
  // The log keeps the last 10,000: it is emptied more often than they come.
  const drain = (): void => {
    requests.push(...auth0.requests());
    auth0.clearRequests();
  };
  auth0.clearRequests();
  const timer = setInterval(drain, 200);
  try {
    const { seconds: wall } = await stack.run(command);
    return { requests, wall };
  } finally {
    clearInterval(timer);
    drain();
  }
}

function isForMembers({ path }: AuthRequest): boolean {
  return /^\/api\/v2\/(?:organizations\/[^/]+\/members|users)/.test(path);
}

/** Seconds until the last of the requests has passed a plan's limits. */
function secondsUnder(plan: (typeof PLANS)[number], requests: readonly AuthRequest[]): number {
  let now = 0;
  const limits = new RateLimits(auth0Limits, () => now);
  limits.set({ plan });
  for (const { method, path } of requests) {
    while (limits.take(method, path.split("?")[0] ?? path)?.allowed === false) now += RETRY_MS;
  }
  return now / 1000;
}

function crowd(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, at) => userId(from + at));
}

const rowsSchema = z.array(z.looseObject({ user_id: z.string() })).default([]);

/** @throws an error when the organization does not hold exactly these people, each with a role */
function expectMembers({ name, tenants }: PeopleStack, declared: readonly string[]): void {
  const { collections } = tenants.auth0.snapshot();
  for (const table of ["organization_members", "organization_member_roles"]) {
    const held = rowsSchema.parse(collections[table]).map(({ user_id: user }) => user);
    if (!isDeepStrictEqual(held.sort(), [...declared].sort())) {
      throw new Error(`${name}: ${table} holds ${figure(held.length)} rows that are not the declared ones.`);
    }
  }
}

function figure(value: number): string {
  return value.toLocaleString("en-US");
}
