/** Claim: one run of the roster leaves the organization as it is declared, and leaves alone what is not its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { userId } from "../../../bench/members/crowd.ts";
import { auth0Organization } from "../src/auth0/organization.ts";
import { nextBaseline } from "../src/core/baseline.ts";
import type { Baseline, Declared } from "../src/core/baseline.ts";
import { fulfil } from "../src/core/fulfil.ts";
import type { Fulfilled } from "../src/core/fulfil.ts";
import { member } from "../src/core/items.ts";
import type { Standing } from "../src/core/items.ts";
import { UNKNOWN_YET } from "../src/core/known.ts";
import type { Known } from "../src/core/known.ts";
import type { Mode } from "../src/core/plan.ts";
import { RosterTenant } from "./support/roster.ts";

let tenant: RosterTenant;
let reader = "";
let editor = "";
const ada = userId(0);
const grace = userId(1);
const alan = userId(2);
const edsger = userId(3);

beforeAll(async () => {
  tenant = await RosterTenant.born(40);
  [reader, editor] = tenant.roles;
});
afterAll(() => tenant.close());

/** The life of a roster: each run begins with what the last one left. */
class Life {
  known: Known = UNKNOWN_YET;
  record: { record: Baseline; declared: Declared["items"] } | undefined;
  readonly mode: Mode;

  constructor(mode: Mode = "additive") {
    this.mode = mode;
  }

  async up(people: Readonly<Record<string, readonly string[]>>): Promise<Fulfilled> {
    const items = new Map(
      Object.entries(people).map(([user, roles]): [string, Standing] => [user, member(roles)]),
    );
    const declared = { items, digest: JSON.stringify(people) };
    const organization = auth0Organization(tenant.management(), tenant.organization);
    const { items: there } = await organization.members();
    const record = nextBaseline(this.record, declared, there, Date.now());
    this.record = { record, declared: items };
    const done = await fulfil(
      { known: this.known, record, fresh: true, declared, mode: this.mode, there },
      { organization, now: () => Date.now(), atOnce: 4 },
    );
    this.known = done.known;
    return done;
  }
}

beforeEach(async () => {
  const here = Object.keys(tenant.holdings());
  if (here.length > 0) await tenant.leave(...here);
  tenant.takeRequests();
});

describe("a run of the roster", () => {
  test("adds people in batches of ten and gives each their roles in one request", async () => {
    const people = Object.fromEntries(
      Array.from({ length: 25 }, (_, number) => [userId(number), [reader, editor]]),
    );
    const { complete } = await new Life().up(people);
    expect(complete).toBe(true);
    expect(tenant.holdings()).toEqual(
      Object.fromEntries(Object.keys(people).map((user) => [user, [reader, editor].sort()])),
    );
    const requests = tenant.takeRequests();
    expect(requests.filter((line) => line.startsWith("GET"))).toHaveLength(1);
    expect(requests.filter((line) => line.endsWith("/members"))).toHaveLength(3);
    expect(requests).toHaveLength(1 + 3 + 25);
  });

  test("does additions, removals and changes of roles together", async () => {
    const life = new Life();
    await life.up({ [ada]: [reader], [grace]: [reader], [alan]: [editor] });
    await life.up({ [ada]: [editor], [alan]: [editor], [edsger]: [reader] });
    expect(tenant.holdings()).toEqual({ [ada]: [editor], [alan]: [editor], [edsger]: [reader] });
  });

  test("leaves alone who joined by login and what was given by hand", async () => {
    const life = new Life();
    await tenant.join(ada, edsger);
    await life.up({ [ada]: [reader], [grace]: [reader] });
    await tenant.give(grace, editor);
    await life.up({ [grace]: [reader] });
    expect(tenant.holdings()).toEqual({ [ada]: [], [edsger]: [], [grace]: [reader, editor].sort() });
    await life.up({});
    expect(tenant.holdings()).toEqual({ [ada]: [], [edsger]: [] });
  });

  test("gives a person who was removed and comes back nothing of the past", async () => {
    const life = new Life();
    await life.up({ [ada]: [reader, editor] });
    await life.up({});
    await life.up({ [ada]: [reader] });
    expect(tenant.holdings()).toEqual({ [ada]: [reader] });
  });

  test("removes whoever is not declared when it is authoritative", async () => {
    await tenant.join(ada, edsger);
    await tenant.give(ada, editor);
    await new Life("authoritative").up({ [ada]: [reader], [grace]: [] });
    expect(tenant.holdings()).toEqual({ [ada]: [reader], [grace]: [] });
  });

  test("names every refused person, adds all others, and does the rest the next time and nothing twice", async () => {
    const life = new Life();
    const people = Object.fromEntries(Array.from({ length: 25 }, (_, number) => [userId(number), [reader]]));
    const failed = await life.up({ ...people, "auth0|nobody": [reader], "auth0|noone": [] });
    expect(failed.complete).toBe(false);
    expect(failed.refusals.map(({ user, what }) => `${what} ${user}`).sort()).toEqual([
      "add auth0|nobody",
      "add auth0|noone",
    ]);
    expect(failed.refusals[0]?.reason).toMatch(/does not exist/);
    expect(Object.keys(tenant.holdings())).toHaveLength(25);
    tenant.takeRequests();
    expect((await life.up(people)).complete).toBe(true);
    expect(tenant.takeRequests().filter((line) => !line.startsWith("GET"))).toEqual([]);
  });
});
