/** The life of a stack with so many people, measured from the first `up` to the end. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { TenantSnapshot } from "@ai-api-access/emulator-core";
import { peakMemory } from "../kit/memory.ts";
import { goOn } from "../kit/processes.ts";
import type { Command } from "../stacks/stack.ts";
import type { Tools } from "../stacks/tools.ts";
import { addCrowd } from "@ai-api-access/testing/crowd.ts";
import type { Plan } from "./limited.ts";
import { secondsUnder } from "./limited.ts";
import { onePercentOf, people } from "./people.ts";
import type { Person } from "./people.ts";
import { isForMembers, requestsDuring } from "./requests.ts";
import type { AuthRequest } from "./requests.ts";
import type { Side, Way } from "./sides.ts";
import { openSide } from "./sides.ts";

export const STEPS = ["first up", "preview", "refresh", "swap", "destroy"] as const;
export type Step = (typeof STEPS)[number];

const COMMANDS: Readonly<Record<Step, Command>> = {
  "first up": "up",
  preview: "preview",
  refresh: "refresh",
  swap: "up",
  destroy: "destroy",
};

export const measuredSchema = z.object({
  /** Auth0 calls for the members, by method. */
  get: z.number(),
  post: z.number(),
  delete: z.number(),
  /** All Auth0 calls. */
  all: z.number(),
  seconds: z.number(),
  peakBytes: z.number(),
  /** In simulated time, all Auth0 calls: {@link secondsUnder}. */
  free: z.number(),
  enterprise: z.number(),
  stateBytes: z.number(),
});
export type Measured = z.infer<typeof measuredSchema>;

export const stepsSchema = z.record(z.enum(STEPS), measuredSchema);

export function forMembers({ get, post, delete: deletes }: Measured): number {
  return get + post + deletes;
}

/** @throws an error when the organization does not hold exactly who is declared after an `up` */
export async function measureLife(
  way: Way,
  count: number,
  tools: Tools,
  say: (line: string) => void,
): Promise<Record<Step, Measured>> {
  return withSide(way, count, tools, async (side) => {
    const measured: [Step, Measured][] = [];
    for (const step of STEPS) {
      if (step === "swap") side.declare(swapped(count));
      const found = await measure(side, COMMANDS[step]);
      // A run that is interrupted may end well, and half done.
      goOn();
      if (step === "first up") expectMembers(side, people(0, count));
      if (step === "swap") expectMembers(side, swapped(count));
      say(
        `members: ${way} ${String(count)}: ${step}: ${String(forMembers(found))} calls, ${found.seconds.toFixed(1)} s`,
      );
      measured.push([step, found]);
    }
    return stepsSchema.parse(Object.fromEntries(measured));
  });
}

/** Seconds of a first `up` in real time under a plan's limit. */
export async function measureLimited(way: Way, count: number, plan: Plan, tools: Tools): Promise<Measured> {
  return withSide(way, count, tools, async (side) => {
    side.tenants.auth0.limits.set({ plan });
    const found = await measure(side, "up");
    expectMembers(side, people(0, count));
    return found;
  });
}

/** Opens a side with so many people declared, and enough users besides to swap. */
export async function withSide<T>(
  way: Way,
  count: number,
  tools: Tools,
  work: (side: Side) => Promise<T>,
): Promise<T> {
  const side = await openSide(way, tools);
  try {
    addCrowd(side.tenants.auth0, count + onePercentOf(count));
    side.declare(people(0, count));
    return await work(side);
  } finally {
    await side.close();
  }
}

/** One percent left at one end, as many came at the other. */
function swapped(count: number): Person[] {
  const changed = onePercentOf(count);
  return people(changed, count + changed);
}

async function measure(side: Side, command: Command): Promise<Measured> {
  let seconds = 0;
  let peakBytes = 0;
  const requests = await requestsDuring(side.tenants.auth0, async () => {
    const peak = await peakMemory(() => side.run(command));
    ({ seconds } = peak.result);
    ({ peakBytes } = peak);
  });
  return { ...callsOf(requests), seconds, peakBytes, stateBytes: side.stateBytes() };
}

function callsOf(requests: readonly AuthRequest[]) {
  const own = requests.filter(isForMembers);
  const by = (wanted: string): number => own.filter(({ method }) => method === wanted).length;
  return {
    get: by("GET"),
    post: by("POST"),
    delete: by("DELETE"),
    all: requests.length,
    free: secondsUnder("free", requests),
    enterprise: secondsUnder("enterprise", requests),
  };
}

const rowsSchema = z.array(z.looseObject({ user_id: z.string() }));

/** @throws an error when the organization does not hold exactly who is declared, each with a role */
export function expectMembers(side: Side, declared: readonly Person[]): void {
  const { collections }: TenantSnapshot = side.tenants.auth0.snapshot();
  const usersIn = (name: string): string[] =>
    rowsSchema
      .parse(collections[name] ?? [])
      .map(({ user_id: user }) => user)
      .sort();
  const wanted = declared.map(({ user }) => user).sort();
  for (const name of ["organization_members", "organization_member_roles"]) {
    if (!isDeepStrictEqual(usersIn(name), wanted)) {
      throw new Error(
        `${side.name}: ${name} holds ${String(usersIn(name).length)} rows that are not the declared.`,
      );
    }
  }
}
