/** Applies a plan: several requests at a time, as many as the tenant lets through. */
import PQueue from "p-queue";
import { minus, NOBODY, rolesOf } from "./people.ts";
import type { People } from "./people.ts";
import { changesIn } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { Snapshot } from "./snapshot.ts";
import { BATCH, Halted, Refused } from "./tenant.ts";
import type { Tenant } from "./tenant.ts";

/** A change of one person that Auth0 refused. */
export interface Refusal {
  readonly user: string;
  readonly change: keyof Plan;
  readonly roles: readonly string[];
  /** Auth0's own words. */
  readonly reason: string;
}

export interface Applied {
  /** What is known now, however far it went. */
  readonly snapshot: Snapshot;
  /** Memberships and roles that were changed, and that were not. */
  readonly done: number;
  readonly left: number;
  readonly refusals: readonly Refusal[];
  /** Why it stopped, if it did not try everything. */
  readonly halted: string | undefined;
}

export interface ApplyOptions {
  readonly tenant: Tenant;
  readonly organization: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called after each request with the changes made so far. */
  readonly onProgress?: (done: number) => void;
}

/** How many requests are under way at most. */
const CONCURRENCY = 10;

/**
 * Never throws for what Auth0 or the network does.
 *
 * @param snapshot reconciled: whoever the plan adds is unconfirmed in it, and stays so without an answer
 */
export async function apply(plan: Plan, snapshot: Snapshot, options: ApplyOptions): Promise<Applied> {
  return new Run(plan, snapshot, options).run();
}

/** What came of a request. Without an answer it may have been carried out or not. */
interface Answered {
  readonly answer: "done" | "unanswered" | Refused;
  /** The people or roles that it was about; only one when Auth0 refused it. */
  readonly items: readonly string[];
}

class Run {
  readonly #plan: Plan;
  readonly #options: ApplyOptions;
  readonly #queue = new PQueue({ concurrency: CONCURRENCY });
  readonly #confirmed: Map<string, Set<string>>;
  readonly #unconfirmed: Map<string, Set<string>>;
  readonly #refusals: Refusal[] = [];
  #removedAt: number;
  #done = 0;
  #halted: string | undefined;

  constructor(plan: Plan, { confirmed, unconfirmed, removedAt }: Snapshot, options: ApplyOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#confirmed = copyOf(confirmed);
    this.#unconfirmed = copyOf(unconfirmed);
    this.#removedAt = removedAt;
  }

  async run(): Promise<Applied> {
    const { join, leave, assign, unassign } = this.#plan;
    // Access that is removed should not wait for access that is given.
    for (const users of batches(leave)) this.#enqueue(() => this.#leave(users));
    for (const [user, roles] of unassign) {
      // Who changes roles loses the old ones first: a person has room for 50.
      this.#enqueue(async () => {
        await this.#unassign(user, [...roles]);
        await this.#assign(user, [...rolesOf(assign, user)]);
      });
    }
    for (const users of batches([...join.keys()])) this.#enqueue(() => this.#join(users));
    for (const [user, roles] of assign) {
      if (!unassign.has(user)) this.#enqueue(() => this.#assign(user, [...roles]));
    }
    await this.#queue.onIdle();
    return {
      snapshot: {
        confirmed: this.#confirmed,
        unconfirmed: minus(this.#unconfirmed, this.#confirmed),
        undeclared: NOBODY,
        removedAt: this.#removedAt,
      },
      done: this.#done,
      left: changesIn(this.#plan) - this.#done,
      refusals: this.#refusals,
      halted: this.#halted,
    };
  }

  #enqueue(work: () => Promise<void>): void {
    void this.#queue.add(work);
  }

  async #join(users: readonly string[]): Promise<void> {
    const { tenant, organization } = this.#options;
    const request = (some: readonly string[]) => tenant.addMembers(organization, some);
    for await (const { answer, items } of this.#send(users, request)) {
      for (const user of items) {
        if (answer instanceof Refused) {
          this.#unconfirmed.delete(user);
          this.#refuse("join", user, [], answer);
        } else if (answer === "done") {
          this.#confirmed.set(user, new Set());
          this.#enqueue(() => this.#assign(user, [...rolesOf(this.#plan.join, user)]));
        }
      }
    }
  }

  async #leave(users: readonly string[]): Promise<void> {
    const { tenant, organization } = this.#options;
    const request = (some: readonly string[]) => tenant.removeMembers(organization, some);
    for await (const { answer, items } of this.#send(users, request, { removes: true })) {
      for (const user of items) {
        if (answer instanceof Refused) {
          this.#refuse("leave", user, [], answer);
          continue;
        }
        const roles = this.#confirmed.get(user);
        this.#confirmed.delete(user);
        if (answer === "done") this.#unconfirmed.delete(user);
        else if (roles !== undefined) {
          this.#unconfirmed.set(user, new Set([...roles, ...rolesOf(this.#unconfirmed, user)]));
        }
      }
    }
  }

  async #assign(user: string, roles: readonly string[]): Promise<void> {
    const { tenant, organization } = this.#options;
    const request = (some: readonly string[]) => tenant.assignRoles(organization, user, some);
    for await (const { answer, items } of this.#send(roles, request)) {
      for (const role of items) {
        if (answer instanceof Refused) this.#unconfirmed.get(user)?.delete(role);
        else if (answer === "done") this.#confirmed.get(user)?.add(role);
      }
      if (answer instanceof Refused) this.#refuse("assign", user, items, answer);
    }
  }

  async #unassign(user: string, roles: readonly string[]): Promise<void> {
    const { tenant, organization } = this.#options;
    const request = (some: readonly string[]) => tenant.removeRoles(organization, user, some);
    for await (const { answer, items } of this.#send(roles, request, { removes: true })) {
      if (answer instanceof Refused) {
        this.#refuse("unassign", user, items, answer);
        continue;
      }
      for (const role of items) {
        const wasConfirmed = this.#confirmed.get(user)?.delete(role) === true;
        const unconfirmed = this.#unconfirmed.get(user) ?? new Set();
        if (answer === "done") unconfirmed.delete(role);
        else if (wasConfirmed) this.#unconfirmed.set(user, unconfirmed.add(role));
      }
    }
  }

  #refuse(change: keyof Plan, user: string, roles: readonly string[], { message: reason }: Refused): void {
    this.#refusals.push({ user, change, roles, reason });
  }

  /**
   * Sends a request for several people or roles. When Auth0 refuses it, sends its halves, until it is known who or
   * what is refused. Sends nothing once the run is halted.
   */
  async *#send(
    items: readonly string[],
    request: (items: readonly string[]) => Promise<void>,
    { removes = false }: { readonly removes?: boolean } = {},
  ): AsyncGenerator<Answered> {
    if (items.length === 0 || this.#halted !== undefined) return;
    const answer = await this.#answerOf(request(items));
    if (answer === "unsent") return;
    // There is nothing to remove.
    const isGone = removes && answer instanceof Refused && answer.status === 404;
    if (answer instanceof Refused && items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      yield* this.#send(items.slice(0, middle), request, { removes });
      yield* this.#send(items.slice(middle), request, { removes });
      return;
    }
    if (answer === "done" || isGone) this.#done += items.length;
    if (removes && (isGone || !(answer instanceof Refused))) this.#removedAt = this.#options.now();
    yield { answer: isGone ? "done" : answer, items };
    this.#options.onProgress?.(this.#done);
  }

  async #answerOf(request: Promise<void>): Promise<Answered["answer"] | "unsent"> {
    try {
      await request;
      return "done";
    } catch (error) {
      if (error instanceof Refused) return error;
      this.#halted ??= error instanceof Error ? error.message : String(error);
      return error instanceof Halted && !error.unconfirmed ? "unsent" : "unanswered";
    }
  }
}

function copyOf(people: People): Map<string, Set<string>> {
  return new Map([...people].map(([user, roles]) => [user, new Set(roles)]));
}

function batches(users: readonly string[]): string[][] {
  const count = Math.ceil(users.length / BATCH);
  return Array.from({ length: count }, (_, at) => users.slice(at * BATCH, (at + 1) * BATCH));
}
