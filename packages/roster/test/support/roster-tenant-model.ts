/**
 * A tenant in memory, for histories of thousands of steps: its list of members lags behind, its answers get lost and
 * its callers get killed.
 */
import { Halted, Refused } from "../../src/tenant.ts";
import type { Member, Tenant } from "../../src/tenant.ts";

/** What happens to a request: whether it is carried out first, and what then becomes of its sender. */
export type Mishap = "lost before" | "lost after" | "killed before" | "killed after";

/** A membership (`ada`), or a role of one (`ada rol_reader`). */
type Grant = string;

export class ModelTenant {
  /** Milliseconds. */
  now = 1_700_000_000_000;
  /** For so long the list shows the past, in milliseconds. */
  lag = 0;
  /** Whether the process of the run under way is gone: what it still sends does not arrive. */
  killed = false;
  /** What the roster may remove; what it has removed, it may not remove again. */
  owned: ReadonlySet<Grant> = new Set();
  /** Everything that went against its promise. */
  readonly violations: string[] = [];
  /** Every request and step, for a history that went wrong. */
  readonly log: string[] = [];
  #members: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #past: { readonly at: number; readonly members: ReadonlyMap<string, ReadonlySet<string>> }[] = [];
  #mishaps: ReadonlyMap<number, Mishap> = new Map();
  #sent = 0;

  constructor() {
    this.#become(new Map());
  }

  /** @param mishaps what happens to requests of the run that begins, by their number from 1 */
  begin(mishaps: Iterable<readonly [number, Mishap]>): void {
    this.#sent = 0;
    this.killed = false;
    this.#mishaps = new Map(mishaps);
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
  }

  /** Everything that is there. */
  grants(): Grant[] {
    return grantsIn(Object.fromEntries([...this.#members].map(([user, roles]) => [user, [...roles]])));
  }

  join(users: readonly string[]): void {
    const joining = users.filter((user) => !this.#members.has(user));
    this.#become([...this.#members, ...joining.map((user) => [user, new Set<string>()] as const)]);
  }

  leave(users: readonly string[]): void {
    this.#become([...this.#members].filter(([user]) => !users.includes(user)));
  }

  give(user: string, roles: readonly string[]): void {
    const held = this.#members.get(user);
    if (held !== undefined) this.#become([...this.#members, [user, new Set([...held, ...roles])]]);
  }

  take(user: string, roles: readonly string[]): void {
    const held = [...(this.#members.get(user) ?? [])].filter((role) => !roles.includes(role));
    if (this.#members.has(user)) this.#become([...this.#members, [user, new Set(held)]]);
  }

  #become(members: Iterable<readonly [string, ReadonlySet<string>]>): void {
    this.#members = new Map(members);
    this.#past = [...this.#past.slice(-100), { at: this.now, members: this.#members }];
  }

  get tenant(): Tenant {
    return {
      domain: "model",
      members: () => {
        this.pass(1);
        const shown = this.#past.findLast(({ at }) => at <= this.now - this.lag) ?? this.#past[0];
        const members = [...(shown?.members ?? [])].map(([user, roles]): Member => ({
          user,
          name: undefined,
          roles: [...roles].map((id) => ({ id, name: "" })),
        }));
        this.log.push(
          `list ${members.map(({ user, roles }) => `${user}[${roles.map(({ id }) => id).join()}]`).join()}`,
        );
        return Promise.resolve(members);
      },
      addMembers: (_, users) =>
        this.#request(`add ${users.join()}`, () => {
          this.join(users);
        }),
      removeMembers: (_, users) =>
        this.#request(
          `remove ${users.join()}`,
          () => {
            this.#expectOwned(users.filter((user) => this.#members.has(user)));
            this.leave(users);
          },
          (grant) => users.some((user) => grant === user || grant.startsWith(`${user} `)),
        ),
      assignRoles: async (_, user, roles) => {
        await Promise.resolve();
        if (!this.#members.has(user)) throw new Refused(404, `${user} is no member`);
        return this.#request(`give ${user} ${roles.join()}`, () => {
          this.give(user, roles);
        });
      },
      removeRoles: (_, user, roles) =>
        this.#request(
          `take ${user} ${roles.join()}`,
          () => {
            const held = roles.filter((role) => this.#members.get(user)?.has(role));
            this.#expectOwned(held.map((role) => `${user} ${role}`));
            this.take(user, roles);
          },
          (grant) => roles.some((role) => grant === `${user} ${role}`),
        ),
      invitations: () => Promise.resolve([]),
      invitation: () => Promise.resolve(undefined),
      invite: () => Promise.reject(new Refused(400, "nobody is invited here")),
      withdraw: () => Promise.resolve(),
      requiresOrganization: () => Promise.resolve(false),
      requireOrganization: () => Promise.resolve(),
      findUsers: () => Promise.resolve(new Map()),
      findRoles: () => Promise.resolve(new Map()),
      findOrganization: () => Promise.resolve(undefined),
    };
  }

  /** @param removed what is removed for certain once the answer has come */
  async #request(
    what: string,
    apply: () => void,
    removed: (grant: Grant) => boolean = () => false,
  ): Promise<void> {
    await Promise.resolve();
    if (this.killed) throw new Halted("killed");
    this.pass(1);
    this.#sent += 1;
    const mishap = this.#mishaps.get(this.#sent);
    this.log.push(`${what}${mishap === undefined ? "" : ` (${mishap})`}`);
    if (mishap?.endsWith("before") !== true) apply();
    this.killed = mishap?.startsWith("killed") === true;
    if (mishap !== undefined) throw new Halted("no answer", { unconfirmed: true });
    this.owned = new Set([...this.owned].filter((grant) => !removed(grant)));
  }

  #expectOwned(removed: readonly Grant[]): void {
    this.violations.push(
      ...removed.filter((grant) => !this.owned.has(grant)).map((grant) => `removed ${grant}`),
    );
  }
}

/** Everything that is declared. */
export function grantsIn(people: Readonly<Record<string, readonly string[]>>): Grant[] {
  return Object.entries(people).flatMap(([user, roles]) => [user, ...roles.map((role) => `${user} ${role}`)]);
}
