/** Carries out a plan: as many requests side by side as the organization lets through, and no further than it goes. */
import PQueue from "p-queue";
import { member, membersOf, minus, rolesOf } from "./items.ts";
import type { Items, Standing } from "./items.ts";
import type { Done } from "./known.ts";
import { BATCH, Halted, Refused } from "./organization.ts";
import type { Organization } from "./organization.ts";
import type { Plan } from "./plan.ts";

/** A person whom, or whose roles, the vendor refused. */
export interface Refusal {
  readonly user: string;
  readonly what: "add" | "remove" | "give roles" | "take roles";
  readonly roles: readonly string[];
  /** The vendor's own words. */
  readonly reason: string;
}

export interface Outcome {
  readonly done: Done;
  readonly refusals: readonly Refusal[];
  /** Why it went no further, if it did not get to the end. */
  readonly halted: string | undefined;
}

export interface Options {
  /** How many requests are under way at most. */
  readonly atOnce: number;
  /** Called after each request with the number of requests made and an estimate of all. */
  readonly onProgress?: (made: number, all: number) => void;
}

/** Requests that a plan takes, if none of them is refused. */
export function requestsOf({ add, remove }: Plan): number {
  const leaving = membersOf(remove).length;
  const roleChanges = (items: Items, but: (standing: Standing) => boolean) =>
    [...items.values()].filter((standing) => standing.roles.size > 0 && !but(standing)).length;
  return (
    Math.ceil(membersOf(add).length / BATCH) +
    Math.ceil(leaving / BATCH) +
    roleChanges(add, () => false) +
    roleChanges(remove, (standing) => standing.member)
  );
}

/** Never throws for what the vendor or the network does: what was reached and what was not is in the outcome. */
export async function carryOut(plan: Plan, organization: Organization, options: Options): Promise<Outcome> {
  return new Work(plan, organization, options).run();
}

class Work {
  readonly #plan: Plan;
  readonly #organization: Organization;
  readonly #queue: PQueue;
  readonly #onProgress: (made: number, all: number) => void;
  readonly #added = new Map<string, Standing>();
  readonly #removed = new Map<string, Standing>();
  readonly #unanswered = new Map<string, Standing>();
  readonly #refusals: Refusal[] = [];
  #halted: string | undefined;
  #made = 0;
  #all: number;

  constructor(plan: Plan, organization: Organization, { atOnce, onProgress }: Options) {
    this.#plan = plan;
    this.#organization = organization;
    this.#queue = new PQueue({ concurrency: atOnce });
    this.#onProgress = onProgress ?? (() => undefined);
    this.#all = requestsOf(plan);
  }

  async run(): Promise<Outcome> {
    const { add, remove } = this.#plan;
    // Who has to go goes first: access that is taken away should not wait for access that is given.
    for (const users of batches(membersOf(remove))) this.#enqueue(() => this.#removeMembers(users));
    for (const [user, standing] of remove) {
      // Someone who changes roles loses the old ones first: a person has room for 50.
      if (!standing.member) this.#enqueue(() => this.#changeRoles(user, [...standing.roles]));
    }
    for (const users of batches(membersOf(add))) this.#enqueue(() => this.#addMembers(users));
    for (const [user, standing] of add) {
      if (!standing.member && remove.get(user)?.member !== false) this.#enqueue(() => this.#giveRoles(user));
    }
    await this.#queue.onIdle();
    return {
      done: { added: this.#added, removed: this.#removed, unanswered: minus(this.#unanswered, this.#added) },
      refusals: this.#refusals,
      halted: this.#halted,
    };
  }

  #enqueue(work: () => Promise<void>): void {
    void this.#queue.add(async () => {
      if (this.#halted === undefined) await work();
    });
  }

  async #removeMembers(users: readonly string[]): Promise<void> {
    const answer = await this.#send(() => this.#organization.removeMembers(users));
    const [only = "", ...others] = users;
    if (answer === "done" || (others.length === 0 && isGone(answer))) {
      for (const user of users) note(this.#removed, user, member(rolesOf(this.#plan.remove, user)));
    } else if (answer instanceof Refused) {
      if (others.length > 0)
        halves(users).forEach((half) => {
          this.#enqueue(() => this.#removeMembers(half));
        });
      else this.#refusals.push({ user: only, what: "remove", roles: [], reason: answer.message });
    }
  }

  async #addMembers(users: readonly string[]): Promise<void> {
    const answer = await this.#send(() => this.#organization.addMembers(users));
    const [only = "", ...others] = users;
    if (answer === "done") {
      for (const user of users) {
        note(this.#added, user, member());
        this.#enqueue(() => this.#giveRoles(user));
      }
    } else if (answer === "unanswered") {
      for (const user of users) note(this.#unanswered, user, member());
    } else if (answer instanceof Refused) {
      if (others.length > 0)
        halves(users).forEach((half) => {
          this.#enqueue(() => this.#addMembers(half));
        });
      else this.#refusals.push({ user: only, what: "add", roles: [], reason: answer.message });
    }
  }

  async #changeRoles(user: string, roles: readonly string[]): Promise<void> {
    await this.#takeRoles(user, roles);
    await this.#giveRoles(user);
  }

  async #takeRoles(user: string, roles: readonly string[]): Promise<void> {
    const answer = await this.#send(() => this.#organization.takeRoles(user, roles));
    if (answer === "done" || (roles.length === 1 && isGone(answer))) {
      note(this.#removed, user, { member: false, roles: new Set(roles) });
    } else if (answer instanceof Refused) {
      if (roles.length > 1) for (const role of roles) await this.#takeRoles(user, [role]);
      else this.#refusals.push({ user, what: "take roles", roles, reason: answer.message });
    }
  }

  async #giveRoles(user: string): Promise<void> {
    const roles = [...rolesOf(this.#plan.add, user)];
    if (roles.length === 0) return;
    const answer = await this.#giveTheseRoles(user, roles);
    if (!(answer instanceof Refused)) return;
    if (
      answer.status === 404 &&
      this.#added.get(user)?.member !== true &&
      (await this.#cameBack(user, roles))
    ) {
      return;
    }
    if (roles.length === 1) this.#refuseRoles(user, roles, answer);
    else {
      for (const role of roles) {
        const one = await this.#giveTheseRoles(user, [role]);
        if (one instanceof Refused) this.#refuseRoles(user, [role], one);
      }
    }
  }

  async #giveTheseRoles(user: string, roles: readonly string[]): Promise<Answer> {
    const answer = await this.#send(() => this.#organization.giveRoles(user, roles));
    const standing = { member: false, roles: new Set(roles) };
    if (answer === "done") note(this.#added, user, standing);
    else if (answer === "unanswered") note(this.#unanswered, user, standing);
    return answer;
  }

  /**
   * The list showed a member whom somebody may have taken out a moment ago: adds the person again. Only if the roles
   * are then accepted was it so, and is the membership ours.
   */
  async #cameBack(user: string, roles: readonly string[]): Promise<boolean> {
    const answer = await this.#send(() => this.#organization.addMembers([user]));
    if (answer !== "done" || (await this.#giveTheseRoles(user, roles)) !== "done") return false;
    note(this.#added, user, member());
    return true;
  }

  #refuseRoles(user: string, roles: readonly string[], { message: reason }: Refused): void {
    if (this.#halted === undefined) this.#refusals.push({ user, what: "give roles", roles, reason });
  }

  async #send(request: () => Promise<void>): Promise<Answer> {
    if (this.#halted !== undefined) return "halted";
    const answer = await request().then(
      (): Answer => "done",
      (error: unknown): Answer => {
        if (error instanceof Refused) return error;
        this.#halted ??= error instanceof Error ? error.message : String(error);
        return error instanceof Halted && !error.unanswered ? "halted" : "unanswered";
      },
    );
    this.#made += 1;
    this.#all = Math.max(this.#all, this.#made + this.#queue.size + this.#queue.pending - 1);
    this.#onProgress(this.#made, this.#all);
    return answer;
  }
}

/** What came of a request. `unanswered`: it may have been carried out. `halted`: it was not sent. */
type Answer = "done" | "unanswered" | "halted" | Refused;

/** Whether there was nothing to take away. */
function isGone(answer: Answer): boolean {
  return answer instanceof Refused && answer.status === 404;
}

function note(items: Map<string, Standing>, user: string, { member: isMember, roles }: Standing): void {
  const before = items.get(user);
  items.set(user, {
    member: isMember || before?.member === true,
    roles: before === undefined ? roles : new Set([...before.roles, ...roles]),
  });
}

function batches(users: readonly string[]): string[][] {
  const count = Math.ceil(users.length / BATCH);
  return Array.from({ length: count }, (_, at) => users.slice(at * BATCH, (at + 1) * BATCH));
}

function halves(users: readonly string[]): [string[], string[]] {
  const middle = Math.ceil(users.length / 2);
  return [users.slice(0, middle), users.slice(middle)];
}
