/** The life of a roster on the real engine. The tests follow one another. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { userId } from "../../../../bench/members/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

const ada = userId(0);
const grace = userId(1);
const alan = userId(2);
const edsger = userId(3);
const barbara = userId(4);

let stack: RosterStack;
let reader = "";
let editor = "";

beforeAll(async () => {
  stack = await RosterStack.born(30);
  [reader, editor] = stack.tenant.roles;
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

  test("a preview without changes asks nothing", async () => {
    stack.tenant.tenant.clearRequests();
    const { changes } = await stack.run("preview");
    expect(Object.keys(changes)).toEqual(["same"]);
    expect(stack.tenant.tenant.requests()).toEqual([]);
  });

  test("a swap is announced with counts and names, and is one update", async () => {
    await stack.tenant.give(grace, stack.tenant.roles[2]);
    stack.declare({ [ada]: ["editor"], [barbara]: ["reader"], [alan]: ["reader"] });
    const preview = await stack.run("preview", { diff: true });
    expect(preview.output).toContain(`leaves: ${grace}`);
    expect(preview.output).toContain(`changes roles: ${ada}: "+editor -reader"`);
    const { output, changes } = await stack.run("up", { suppressOutputs: true });
    expect(output).toContain("[diff: ~1 joins, 1 leaves, 2 change roles]");
    expect(changes).toMatchObject({ update: 2 });
    expect(holdings()).toEqual({ [ada]: [editor], [alan]: [reader], [edsger]: [], [barbara]: [reader] });
  });

  test("a refused person is told with the line, all others are added, and the next up does nothing twice", async () => {
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
    expect((await stack.run("preview")).changes).toEqual({ same: 5 });
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

  test("an authoritative roster names whom it would remove, and needs consent for many", async () => {
    stack.settings = { mode: "authoritative" };
    await expect(stack.run("preview")).rejects.toThrow(
      /would remove 1 of the organization's 5 members \(20 %\), more than 10 %: person3@example\.com/,
    );
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

  test("no credential is in the state, and destroy takes away what it gave and no more", async () => {
    expect(stack.stateText()).not.toContain(stack.tenant.tenant.management.clientSecret);
    stack.settings = {};
    await stack.tenant.join(edsger);
    await stack.run("destroy");
    expect(holdings()).toEqual({ [ada]: [], [edsger]: [] });
  });
});
