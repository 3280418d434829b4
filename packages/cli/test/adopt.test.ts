/** What was built by hand comes into the stack as it is: no request is a write, and nothing is left to change. */
import { readersOf } from "@ai-api-access/tenant-clients";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { adopt } from "../src/adopt/adopt.ts";
import { planAdoption } from "../src/adopt/plan.ts";
import { describePlan } from "../src/adopt/report.ts";
import { checkedStack, localSource } from "../src/shared/stack/source.ts";
import { openTenants } from "../src/shared/tenants.ts";
import { cliOf, StoredState, without } from "@ai-api-access/recovery";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { auth0Sdk, buildByHand, type BuiltByHand } from "./by-hand.ts";

let twin: TestTwin;
let built: BuiltByHand;
beforeAll(async () => {
  twin = await TestTwin.start();
  built = await buildByHand(twin.tenants.access);
});
afterAll(() => twin.close());

const source = () => localSource(twin.tenants.access);
const stack = () =>
  checkedStack({
    name: "local",
    project: "ai-api-access",
    source: source(),
    program: { ...config, declareStack },
  });

/** The plan of a stack that has nothing in its state. */
async function planOfNewStack(chosen = {}) {
  const readers = readersOf(await openTenants(source()));
  return planAdoption(stack(), readers, { state: new Map(), chosen });
}

const adoptAll = async (engine: Stack, say: (line: string) => void = () => undefined) =>
  adopt({ stack: stack(), engine, tenants: await openTenants(source()), say });

test("all of it is imported without a single write, a preview is empty, and the up after it knows the secret", async () => {
  twin.clearRequests();
  const before = twin.holdings();
  const said: string[] = [];
  const opened = await twin.open();

  const { steps, rest } = await adoptAll(opened.stack, (line) => said.push(line));

  const custom = steps.filter(({ resource }) => resource.custom);
  expect(custom).toHaveLength(21);
  expect(custom.filter(({ kind }) => kind !== "adopt")).toEqual([]);
  expect(rest).toEqual([]);
  // The outputs come with the first `up`, and the note of where the people are kept.
  expect(await opened.run("up")).toEqual({ same: 27, create: 1 });
  expect(twin.writes()).toEqual([]);
  expect(twin.holdings()).toEqual(before);
  expect(said).toContain(`  < Organization organization  ${built.organization}`);
  expect(said.at(-1)).toBe("Done. The next `up` of stack local changes nothing in the tenants.");
  expect(await opened.outputs(true)).toMatchObject({
    organizationId: built.organization,
    roleIds: built.roles,
    clientId: built.app,
    clientSecret: built.clientSecret,
  });
  expect(twin.stateText()).not.toContain(built.clientSecret);
});

test("what the state has lost is taken in beside what it has", async () => {
  const opened = await twin.open();
  const stored = await StoredState.read(cliOf(opened.stack));
  const lost = stored.state.resources.filter(({ urn }) =>
    /::(service-app-rule|api-role-ai-editor)$/.test(urn),
  );
  await stored.write(without(stored.state, new Set(lost)));
  twin.clearRequests();

  const { steps, rest } = await adoptAll(opened.stack);

  const adopted = steps.filter(({ kind }) => kind === "adopt").map(({ resource }) => resource.name);
  expect(adopted.toSorted()).toEqual(["api-role-ai-editor", "api-role-ai-editor", "service-app-rule"]);
  expect(rest).toEqual([]);
  expect(twin.writes()).toEqual([]);
});

test("of two with one name neither is taken before somebody says which", async () => {
  const { client_id: other } = await auth0Sdk(twin.tenants.access).clients.create({ name: "AI Console" });

  const asked = describePlan(await planOfNewStack(), "local").join("\n");
  expect(asked).toMatch(/\? Client login-app {2}is there 2 times: \w+, \w+\n +say which: --id login-app=\w+/);
  expect(asked).toMatch(/\+ ConnectionClient login-app\.\S+ {2}is not there/);

  const chosen = await planOfNewStack({ "login-app": String(other) });
  expect(describePlan(chosen, "local")).toContain(`  < Client login-app  ${String(other)}`);
});
