/** An organization that has people already comes under a roster, on the real engine. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { userId } from "../../../../bench/members/crowd.ts";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { RosterStack } from "../support/roster-stack.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const [ada, grace, alan, edsger] = [userId(0), userId(1), userId(2), userId(3)];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe("an organization that is adopted", () => {
  test("has its people and their roles taken over: who is not declared leaves, and nobody is added twice", async () => {
    const stack = await RosterStack.born(10);
    open.push(stack);
    const { tenant } = stack;
    const [reader, editor] = tenant.roles;
    await tenant.join(ada, grace, alan);
    await tenant.give(ada, reader, editor);
    await tenant.give(grace, reader);
    tenant.takeRequests();

    stack.settings = { adopt: tenant.organization };
    stack.declare({ [ada]: ["reader"], [grace]: ["reader"], [edsger]: ["editor"] });
    await stack.run("up");
    expect(tenant.holdings()).toEqual({ [ada]: [reader], [grace]: [reader], [edsger]: [editor] });
    const writes = tenant.takeRequests().filter((line) => !line.startsWith("GET "));
    expect(writes.map((line) => line.split(" ")[0]).sort()).toEqual(["DELETE", "DELETE", "POST", "POST"]);

    // The setting may stay: what is adopted is not adopted again.
    expect((await stack.run("preview")).changes).toEqual({ same: 5 });
    stack.settings = {};
    expect((await stack.run("preview")).changes).toEqual({ same: 5 });
    await stack.run("destroy");
    expect(tenant.holdings()).toEqual({});
  });

  test("an id that no organization has is told, and nothing is stored", async () => {
    const stack = await RosterStack.born(2);
    open.push(stack);
    stack.settings = { adopt: "org_AbCdEf1234567890", organizationId: "org_AbCdEf1234567890" };
    stack.declare({ [ada]: ["reader"] });
    await expect(stack.run("up")).rejects.toThrow(/org_AbCdEf1234567890/);
    expect(stack.stateText()).not.toContain("roster:index:OrganizationRoster");
  });
});

test("people move from the configuration into a file, and stay in the organization all the while", async () => {
  const twin = await TestTwin.born();
  open.push(twin);
  await twin.run("up");
  const [organization] = await twin.read("auth0", "/organizations", z.array(z.object({ id: z.string() })));
  const members = async () => {
    const path = `/organizations/${organization?.id ?? ""}/members?fields=user_id,roles`;
    const people = z.array(z.object({ user_id: z.string(), roles: z.array(z.object({ name: z.string() })) }));
    const found = await twin.read("auth0", path, people);
    return found
      .map(({ user_id: user, roles }) => `${user} ${roles.map(({ name }) => name).join(" ")}`)
      .sort();
  };
  const before = await members();
  expect(before).toHaveLength(2);

  const urn = "urn:pulumi:local::ai-api-access::ai-api-access:auth0:OrganizationMembers::members";
  const engine = await findEngine();
  await promisify(execFile)(
    engine.command,
    ["state", "delete", urn, "--target-dependents", "--yes", "--stack", "local"],
    {
      cwd: twin.home.project,
      env: { ...process.env, ...twinEnvironment(twin.home, twin.tenants.access, standIns()) },
    },
  );
  const file = join(twin.home.folder, "members.csv");
  writeFileSync(file, ["user,roles", ...before.map((line) => line.replace(" ", ","))].join("\n"));
  const inFile = {
    "ai-api-access:members": [],
    "ai-api-access:membersFile": relative(process.cwd(), file),
    "ai-api-access:roster": { adopt: organization?.id },
  };
  twin.clearRequests();
  await twin.run("up", inFile);
  expect(twin.writes()).toEqual([]);
  expect(await members()).toEqual(before);
  expect(Object.keys((await twin.run("preview", inFile)).changes)).toEqual(["same"]);

  // They are the roster's own now.
  const [first = ""] = before;
  writeFileSync(file, ["user,roles", first.replace(" ", ",")].join("\n"));
  await twin.run("up", inFile);
  expect(await members()).toEqual([first]);
});
