/** The life of a roster on the real engine. The tests follow one another. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { userId } from "@ai-api-access/testing/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

const [ada, grace, alan, edsger, barbara] = [userId(0), userId(1), userId(2), userId(3), userId(4)];

let stack: RosterStack;
let reader = "";
let editor = "";
let owner = "";

beforeAll(async () => {
  stack = await RosterStack.create(30);
  [reader, editor, owner] = stack.tenant.roles;
});
afterAll(() => stack.close());

const holdings = () => stack.tenant.holdings();
const writes = () => stack.tenant.takeRequests().filter((line) => !line.startsWith("GET "));

describe("the life of a roster", () => {
  test("the first preview names who comes", async () => {
    await stack.tenant.join(ada, edsger);
    stack.declare({ [ada]: ["reader"], [grace]: ["reader", "editor"], [alan]: [] });
    const { output } = await stack.run("preview", { diff: true });
    expect(output).toContain(`joins: ${grace}: "as editor, reader"`);
    expect(output).toMatch(/people\s*: "3 people \(/);
  });

  test("the first up adds everybody with their roles and leaves alone who is there", async () => {
    await stack.run("up");
    expect(holdings()).toEqual({
      [ada]: [reader],
      [grace]: [reader, editor].sort(),
      [alan]: [],
      [edsger]: [],
    });
  });

  test("the people stand once in the state, and no credential does", async () => {
    const state = await stack.state();
    // In the inputs, and among the few changes that the preview named.
    expect(state.split(grace)).toHaveLength(1 + 2);
    expect(state).not.toContain(stack.tenant.tenant.management.clientSecret);
  });

  test("a preview without changes asks nothing", async () => {
    stack.tenant.tenant.clearRequests();
    const { changes } = await stack.run("preview");
    expect(changes).toEqual({ same: 4 });
    expect(stack.tenant.tenant.requests()).toEqual([]);
  });

  test("a swap is announced with counts and names, and is one update", async () => {
    await stack.tenant.give(grace, owner);
    stack.declare({ [ada]: ["editor"], [barbara]: ["reader"], [alan]: ["reader"] });
    const preview = await stack.run("preview", { diff: true });
    expect(preview.output).toContain(`leaves: ${grace}`);
    expect(preview.output).toContain(`changes roles: ${ada}: "+editor -reader"`);
    const { output, changes } = await stack.run("up", { suppressOutputs: true });
    expect(output).toContain("[diff: ~1 joins, 1 leaves, 2 change roles]");
    expect(changes).toMatchObject({ update: 1 });
    expect(holdings()).toEqual({ [ada]: [editor], [alan]: [reader], [edsger]: [], [barbara]: [reader] });
  });

  test("a refused person is reported with the line, all others are added, and the next up does nothing twice", async () => {
    const people = { [ada]: ["editor"], [barbara]: ["reader"], [alan]: ["reader"] };
    stack.declare({ ...people, "auth0|nobody": ["reader"], [userId(8)]: ["reader"], "auth0|noone": [] });
    const failed = await stack.run("up").then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(failed).toMatch(/members\.csv:5: auth0\|nobody could not be added: .*does not exist/);
    expect(failed).toMatch(/members\.csv:7: auth0\|noone could not be added: .*does not exist/);
    expect(Object.keys(holdings())).toContain(userId(8));
    writes();
    stack.declare({ ...people, [userId(8)]: ["reader"] });
    await stack.run("up");
    expect(writes()).toEqual([]);
    expect(holdings()).toMatchObject({ [alan]: [reader], [userId(8)]: [reader] });
  });

  test("a refresh sees what was changed by hand, and up brings back what is declared", async () => {
    await stack.tenant.leave(alan);
    await stack.tenant.take(ada, editor);
    await stack.tenant.give(barbara, editor);
    const refreshed = await stack.run("refresh");
    expect(refreshed.output).toContain("1 gone, 1 with other roles");
    const { output } = await stack.run("up");
    expect(output).toContain("[diff: ~1 joins, 1 changes roles]");
    expect(holdings()).toMatchObject({
      [ada]: [editor],
      [alan]: [reader],
      [barbara]: [reader, editor].sort(),
    });
  });

  test("an authoritative roster names those it would remove", async () => {
    stack.settings = { mode: "authoritative", consentToRemove: 1 };
    const { output } = await stack.run("preview");
    expect(output).toContain("removes 1 person who is not declared: person3@example.com");
    await stack.run("up");
    expect(holdings()).toEqual({
      [ada]: [editor],
      [alan]: [reader],
      [barbara]: [reader],
      [userId(8)]: [reader],
    });
  });

  test("destroy takes away who was declared and nobody else", async () => {
    stack.settings = {};
    await stack.tenant.join(edsger);
    await stack.run("destroy");
    expect(holdings()).toEqual({ [edsger]: [] });
  });
});

describe("an organization that is adopted", () => {
  test("an id that no organization has is reported, and nothing is stored", async () => {
    stack.settings = { adopt: "org_AbCdEf1234567890", organizationId: "org_AbCdEf1234567890" };
    stack.declare({ [ada]: ["reader"] });
    await expect(stack.run("up")).rejects.toThrow(/org_AbCdEf1234567890/);
    expect(await stack.state()).not.toContain("roster:index:OrganizationRoster");
  });

  test("has its people taken over: who is not declared leaves, and nobody is added twice", async () => {
    const { tenant } = stack;
    await tenant.leave(edsger);
    await tenant.join(ada, grace, alan);
    await tenant.give(ada, reader, editor);
    await tenant.give(grace, reader);
    writes();

    stack.settings = { adopt: tenant.organization };
    stack.declare({ [ada]: ["reader"], [grace]: ["reader"], [edsger]: ["editor"] });
    await stack.run("up");
    expect(holdings()).toEqual({ [ada]: [reader], [grace]: [reader], [edsger]: [editor] });
    const methods = writes().map((line) => line.split(" ")[0]);
    expect(methods.sort()).toEqual(["DELETE", "DELETE", "POST", "POST"]);

    // The setting may stay or go: what is adopted is not adopted again.
    expect((await stack.run("preview")).changes).toEqual({ same: 4 });
    stack.settings = {};
    expect((await stack.run("preview")).changes).toEqual({ same: 4 });
  });
});

describe("people who are invited", () => {
  const invite = (...emails: string[]) => {
    const lines = emails.map((email) => `,${email},reader,true`);
    stack.write(["user,email,roles,invite", `${ada},,reader,`, ...lines].join("\n"));
  };

  test("are named in the preview, and invited once, and once more where somebody took the invitation back", async () => {
    stack.settings = { clientId: await stack.tenant.application(), inviter: "Acme" };
    invite("new@example.com", "later@example.com");
    const { output } = await stack.run("preview", { diff: true });
    expect(output).toMatch(/invited: new@example\.com +: "as reader"/);
    await stack.run("up");
    await stack.tenant.withdraw("later@example.com");
    const { output: mended } = await stack.run("up", { refresh: true, suppressOutputs: true });
    expect(mended).toContain("[diff: ~1 invited]");
    expect(await stack.tenant.invited()).toEqual(["later@example.com", "new@example.com"]);
    writes();
    expect((await stack.run("up", { refresh: true })).changes).toEqual({ same: 4 });
    expect(writes()).toEqual([]);
  });

  test("are taken over once they come, and no longer invited without their line", async () => {
    const user = await stack.tenant.accept("new@example.com");
    await stack.run("refresh");
    invite("new@example.com");
    const { output } = await stack.run("up", { suppressOutputs: true });
    expect(output).toContain("[diff: ~1 joins, 1 no longer invited]");
    expect(await stack.tenant.invited()).toEqual([]);
    expect(holdings()).toEqual({ [ada]: [reader], [user]: [reader] });
    expect((await stack.run("preview")).changes).toEqual({ same: 4 });
    invite("later@example.com");
    await stack.run("up");
    expect(holdings()).toEqual({ [ada]: [reader] });
    await stack.run("destroy");
    expect([holdings(), await stack.tenant.invited()]).toEqual([{}, []]);
  });
});
