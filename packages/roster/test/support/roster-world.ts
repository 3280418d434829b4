/**
 * A roster's world in memory, for histories of thousands of steps: an organization whose list lags behind, whose
 * answers get lost and whose callers get killed.
 */
import { member } from "../../src/core/items.ts";
import type { Standing } from "../../src/core/items.ts";
import { Halted, Refused } from "../../src/core/organization.ts";
import type { Organization } from "../../src/core/organization.ts";

/** People with their roles. */
export type Declared = Readonly<Record<string, readonly string[]>>;

export type Mishap = "lost before" | "lost after" | "killed before" | "killed after";

/** Who is in the organization, and by whom each membership and each role came to be. */
type Origin = "roster" | "somebody";
interface Membership {
  readonly by: Origin;
  readonly roles: Map<string, Origin>;
}

/** A membership (`ada`), or a role of one (`ada:reader`). */
type Thing = string;

export class World {
  /** Milliseconds. */
  now = 1_700_000_000_000;
  /** For so long the list shows the past, in milliseconds. */
  lag = 0;
  /** People whom the tenant does not have. */
  strangers = new Set<string>();
  /** What happens to the next requests, by their number. */
  mishaps = new Map<number, Mishap>();
  /** Whether the process of the run under way is gone: whatever it still does is not done. */
  killed = false;
  readonly members = new Map<string, Membership>();
  /** What the list showed when it was last read. */
  listed: ReadonlySet<Thing> = new Set();
  /** What the roster ever sent to be added, and has not removed since. */
  readonly claimed = new Set<Thing>();
  /** Everything that went against the roster's promise. */
  readonly violations: string[] = [];
  /** Every request, for a history that went wrong. */
  readonly log: string[] = [];
  #past: { readonly at: number; readonly shown: Map<string, Standing> }[] = [];
  #sent = 0;

  constructor() {
    this.#note();
  }

  /** A step by somebody else. */
  byHand(step: () => void): void {
    step();
    this.pass(1);
  }

  join(user: string, by: Origin = "somebody"): void {
    if (!this.members.has(user)) this.members.set(user, { by, roles: new Map() });
    this.#note();
  }

  leave(user: string): void {
    this.members.delete(user);
    this.#note();
  }

  give(user: string, role: string, by: Origin = "somebody"): void {
    const roles = this.members.get(user)?.roles;
    if (roles !== undefined && !roles.has(role)) roles.set(role, by);
    this.#note();
  }

  take(user: string, role: string): void {
    this.members.get(user)?.roles.delete(role);
    this.#note();
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
  }

  /** From here on mishaps count anew. */
  begin(mishaps: Iterable<readonly [number, Mishap]>): void {
    this.#sent = 0;
    this.killed = false;
    this.mishaps = new Map(mishaps);
  }

  #note(): void {
    const shown = new Map([...this.members].map(([user, { roles }]) => [user, member(roles.keys())]));
    this.#past.push({ at: this.now, shown });
    if (this.#past.length > 200) this.#past = this.#past.slice(-100);
  }

  #list(): Map<string, Standing> {
    const shown = this.#past.findLast(({ at }) => at <= this.now - this.lag) ?? this.#past[0];
    return new Map(shown?.shown);
  }

  get organization(): Organization {
    const request = (what: string, sent: readonly Thing[], apply: () => void): Promise<void> => {
      // Who gets no answer cannot know whether it was done.
      for (const thing of sent) this.claimed.add(thing);
      if (this.killed) throw new Halted("killed");
      this.pass(1);
      this.#sent += 1;
      const mishap = this.mishaps.get(this.#sent);
      this.log.push(`${String(this.now % 1e9)} ${what}${mishap === undefined ? "" : ` (${mishap})`}`);
      if (mishap?.endsWith("before") !== true) apply();
      if (mishap?.startsWith("killed") === true) this.killed = true;
      if (mishap !== undefined) throw new Halted("no answer", { unanswered: true });
      return Promise.resolve();
    };
    const known = (users: readonly string[]) => {
      const nobody = users.find((user) => this.strangers.has(user));
      if (nobody !== undefined) throw new Refused(404, `${nobody} does not exist`);
    };
    return {
      members: () => {
        this.pass(1);
        const items = this.#list();
        this.listed = new Set(thingsOf(items));
        this.log.push(`${String(this.now % 1e9)} list ${shownAs(items)}`);
        return Promise.resolve({ items, names: new Map() });
      },
      addMembers: async (users) => {
        await Promise.resolve();
        known(users);
        return request(`add ${users.join(" ")}`, users, () => {
          for (const user of users) this.join(user, "roster");
        });
      },
      removeMembers: async (users) => {
        await Promise.resolve();
        return request(`remove ${users.join(" ")}`, [], () => {
          for (const user of users) {
            if (this.members.has(user) && !this.claimed.has(user)) this.violations.push(`removed ${user}`);
            this.leave(user);
          }
        });
      },
      giveRoles: async (user, roles) => {
        await Promise.resolve();
        if (!this.members.has(user)) throw new Refused(404, `${user} is no member`);
        const sent = roles.map((role) => `${user}:${role}`);
        return request(`give ${user} ${roles.join(" ")}`, sent, () => {
          for (const role of roles) this.give(user, role, "roster");
        });
      },
      takeRoles: async (user, roles) => {
        await Promise.resolve();
        return request(`take ${user} ${roles.join(" ")}`, [], () => {
          for (const role of roles) {
            const has = this.members.get(user)?.roles.has(role) === true;
            if (has && !this.claimed.has(`${user}:${role}`)) this.violations.push(`took ${user}:${role}`);
            this.take(user, role);
          }
        });
      },
    };
  }

  /** Everything that is there and came from the roster. */
  ofTheRoster(): Thing[] {
    return [...this.members].flatMap(([user, { by, roles }]) => [
      ...(by === "roster" ? [user] : []),
      ...[...roles].flatMap(([role, giver]) => (giver === "roster" ? [`${user}:${role}`] : [])),
    ]);
  }

  /** Takes things for somebody else's that came from the roster. */
  disown(which: (thing: Thing) => boolean): void {
    for (const [user, membership] of this.members) {
      const by = which(user) ? "somebody" : membership.by;
      const roles = [...membership.roles].map(([role, giver]): [string, Origin] => [
        role,
        which(`${user}:${role}`) ? "somebody" : giver,
      ]);
      this.members.set(user, { by, roles: new Map(roles) });
    }
  }

  /** Everything that is there. */
  things(): Thing[] {
    return [...this.members].flatMap(([user, { roles }]) => [
      user,
      ...[...roles.keys()].map((role) => `${user}:${role}`),
    ]);
  }
}

function thingsOf(items: ReadonlyMap<string, { readonly roles: Iterable<string> }>): Thing[] {
  return [...items].flatMap(([user, { roles }]) => [user, ...[...roles].map((role) => `${user}:${role}`)]);
}

/** Everything that is declared. */
export function thingsIn(people: Declared): Thing[] {
  return Object.entries(people).flatMap(([user, roles]) => [user, ...roles.map((role) => `${user}:${role}`)]);
}

function shownAs(items: ReadonlyMap<string, Standing>): string {
  return [...items].map(([user, { roles }]) => `${user}[${[...roles].join(" ")}]`).join(" ");
}
