/** Claim: a run leaves the organization as it is declared, and leaves alone whoever was never declared. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { userId } from "@ai-api-access/testing/crowd.ts";
import { auth0Tenant } from "../src/auth0.ts";
import type { Mode } from "../src/plan.ts";
import { RosterTenant } from "./support/roster.ts";
import { ModelStack } from "./support/roster-engine.ts";
import { ModelTenant } from "./support/roster-tenant-model.ts";

let tenant: RosterTenant;
let reader = "";
let editor = "";
const [ada, grace, alan, edsger] = [userId(0), userId(1), userId(2), userId(3)];
const stacks: ModelStack[] = [];

beforeAll(async () => {
  tenant = await RosterTenant.create(40);
  [reader, editor] = tenant.roles;
});
afterAll(() => tenant.close());

beforeEach(async () => {
  const here = Object.keys(tenant.holdings());
  if (here.length > 0) await tenant.leave(...here);
  tenant.takeRequests();
});
afterEach(() => {
  for (const stack of stacks.splice(0)) stack.close();
});

function newStack(mode: Mode = "additive"): ModelStack {
  const stack = new ModelStack({
    organization: tenant.organization,
    tenant: auth0Tenant(tenant.client),
  });
  stack.mode = mode;
  stacks.push(stack);
  return stack;
}

const writes = () => tenant.takeRequests().filter((line) => !line.startsWith("GET"));
const crowd = (roles: readonly string[]) =>
  Object.fromEntries(Array.from({ length: 25 }, (_, number) => [userId(number), roles]));

describe("an additive roster", () => {
  test("adds people in batches of ten and gives each their roles in one request", async () => {
    expect((await newStack().up(crowd([reader, editor]))).kind).toBe("done");
    expect(tenant.holdings()).toEqual(crowd([reader, editor].sort()));
    const requests = tenant.takeRequests();
    expect(requests.filter((line) => line.startsWith("GET"))).toHaveLength(1);
    expect(requests.filter((line) => line.endsWith("/members"))).toHaveLength(3);
    expect(requests).toHaveLength(1 + 3 + 25);
  });

  test("does additions, removals and changes of roles together", async () => {
    const stack = newStack();
    await stack.up({ [ada]: [reader], [grace]: [reader], [alan]: [editor] });
    await stack.up({ [ada]: [editor], [alan]: [editor], [edsger]: [reader] });
    expect(tenant.holdings()).toEqual({ [ada]: [editor], [alan]: [editor], [edsger]: [reader] });
  });

  test("leaves alone whoever was never declared, and what was given by hand", async () => {
    const stack = newStack();
    await tenant.join(edsger);
    await stack.up({ [ada]: [reader], [grace]: [reader] });
    await tenant.give(grace, editor);
    await stack.up({ [grace]: [reader] });
    expect(tenant.holdings()).toEqual({ [edsger]: [], [grace]: [reader, editor].sort() });
    await stack.destroy();
    expect(tenant.holdings()).toEqual({ [edsger]: [] });
  });

  test("takes over who is there already and declared, without a request: they leave with their line", async () => {
    const stack = newStack();
    await tenant.join(ada, grace);
    await tenant.give(ada, reader);
    tenant.takeRequests();
    await stack.up({ [ada]: [reader], [grace]: [] });
    expect(writes()).toEqual([]);
    await stack.up({ [grace]: [] });
    expect(tenant.holdings()).toEqual({ [grace]: [] });
  });

  test("gives a person who was removed and comes back nothing of the past", async () => {
    const stack = newStack();
    await stack.up({ [ada]: [reader, editor], [grace]: [] });
    await stack.up({ [grace]: [] });
    await stack.up({ [ada]: [reader], [grace]: [] });
    expect(tenant.holdings()).toEqual({ [ada]: [reader], [grace]: [] });
  });

  test("brings back at once a person that it has just removed, although the list still shows that person", async () => {
    const model = new ModelTenant();
    model.lag = 5_000;
    const stack = new ModelStack({ organization: "org", tenant: model.tenant, now: () => model.now });
    stacks.push(stack);
    const both = { [ada]: ["rol_reader"], [grace]: ["rol_reader"] };
    await stack.up(both);
    model.pass(60_000);
    await stack.up({ [ada]: [] });
    await stack.up(both);
    expect(model.grants().sort()).toEqual([ada, `${ada} rol_reader`, grace, `${grace} rol_reader`]);
  });

  test("names every refused person, adds all others, and does the rest the next time and nothing twice", async () => {
    const stack = newStack();
    const failed = await stack.up({ ...crowd([reader]), "auth0|nobody": [reader], "auth0|noone": [] });
    expect(failed.kind).toBe("partly");
    expect([...failed.reasons].sort()).toEqual([
      expect.stringMatching(/^members\.csv:27: auth0\|nobody could not be added: .*does not exist/),
      expect.stringMatching(/^members\.csv:28: auth0\|noone could not be added: .*does not exist/),
    ]);
    expect(Object.keys(tenant.holdings())).toHaveLength(25);
    tenant.takeRequests();
    expect(await stack.up(crowd([reader]))).toEqual({ kind: "done", reasons: [] });
    expect(writes()).toEqual([]);
    expect(await stack.isSettled(crowd([reader]))).toBe(true);
  });

  test("names a role that was refused, and gives the others", async () => {
    const { kind, reasons } = await newStack().up({ [ada]: [reader, "rol_0000000000000000", editor] });
    expect(kind).toBe("partly");
    expect(reasons).toEqual([
      expect.stringMatching(/^members\.csv:2: auth0\|\S+ could not be given rol_0000000000000000: /),
    ]);
    expect(tenant.holdings()).toEqual({ [ada]: [reader, editor].sort() });
  });
});

describe("an authoritative roster", () => {
  test("removes whoever and whatever is not declared", async () => {
    await tenant.join(ada);
    await tenant.give(ada, editor);
    const stack = newStack("authoritative");
    await stack.up({ [ada]: [reader], [grace]: [] });
    expect(tenant.holdings()).toEqual({ [ada]: [reader], [grace]: [] });
  });

  test("removes more than a tenth of the people only with consent", async () => {
    const stack = newStack("authoritative");
    await stack.up({ [ada]: [], [grace]: [] });
    await tenant.join(alan);
    expect(await stack.up({ [ada]: [reader], [grace]: [] })).toEqual({
      kind: "failed",
      reasons: [
        expect.stringMatching(
          /^this would remove 1 of the organization's 3 members \(33 %\), more than 10 %: person2@example\.com\. If they are to go, set consentToRemove to 1 /,
        ),
      ],
    });
    expect(tenant.holdings()).toEqual({ [ada]: [], [grace]: [], [alan]: [] });
  });

  test("also removes people that a refresh finds, but not once it has become additive", async () => {
    const people = crowd([]);
    const stack = newStack("authoritative");
    await stack.up(people);
    await tenant.join(userId(30));
    expect(await stack.isSettled(people)).toBe(true);
    await stack.refresh();
    expect(await stack.isSettled(people)).toBe(false);
    stack.mode = "additive";
    await stack.up(people);
    expect(tenant.holdings()).toEqual({ ...people, [userId(30)]: [] });
    stack.mode = "authoritative";
    await stack.up(people);
    expect(tenant.holdings()).toEqual(people);
  });
});
