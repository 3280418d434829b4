/** `recover` as a person runs it, on a stack that the Pulumi CLI keeps: each test goes on from the one before. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { change } from "@ai-api-access/local/engine/change.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { SECRETS_PROVIDER } from "@ai-api-access/testing/vault.ts";
import { killUp } from "./kill-up.ts";
import { RealTestStack } from "./real-stack.ts";

const ALL = 30;

let twin: TestTwin;
let seeded: string;
let real: RealTestStack;
let stack: Stack;
beforeAll(async () => {
  twin = await TestTwin.start();
  seeded = twin.holdings();
  const connection = { database: "my-awesome-company-users", deleteWithStack: true };
  real = await RealTestStack.begin(twin, { "ai-api-access:organization.connections": [connection] });
  stack = await real.open();
});
afterAll(async () => {
  real.remove();
  await twin.close();
});

const up = () => change(stack, "up");
const nothingLeftToDo = async () => {
  expect((await stack.preview({ refresh: true })).changeSummary).toEqual({ same: ALL });
};

const idsSchema = z.array(
  z.looseObject({ id: z.string(), name: z.string().optional(), label: z.string().optional() }),
);
/** The id of what a list has under a name. */
async function idOf(vendor: "auth0" | "okta", path: string, name: string): Promise<string> {
  const found = (await twin.read(vendor, path, idsSchema)).filter((one) =>
    [one.name, one.label].includes(name),
  );
  expect(found).toHaveLength(1);
  return found[0]?.id ?? "";
}

const organizationId = () => idOf("auth0", "/organizations", "my-awesome-company");
const deletions = {
  organization: async () => twin.byHand("auth0", "DELETE", `/organizations/${await organizationId()}`),
  connection: async () =>
    twin.byHand(
      "auth0",
      "DELETE",
      `/connections/${await idOf("auth0", "/connections", "my-awesome-company-users")}`,
    ),
  app: async () => deleteInOkta(`/apps/${await idOf("okta", "/apps", "AI Service OAuth App")}`),
  server: async () =>
    deleteInOkta(`/authorizationServers/${await idOf("okta", "/authorizationServers", "AI API")}`),
};

async function deleteInOkta(path: string): Promise<void> {
  await twin.byHand("okta", "POST", `${path}/lifecycle/deactivate`);
  await twin.byHand("okta", "DELETE", path);
}

const stacksSchema = z.array(z.object({ name: z.string(), current: z.boolean() }));

const reportSchema = z.object({
  checks: z.array(
    z.object({ subject: z.string(), status: z.string(), found: z.string(), next: z.string().optional() }),
  ),
});
const named = z.object({ urn: z.string().transform((urn) => urn.split("::").at(-1) ?? "") });
const checkpointSchema = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z.array(named).default([]),
      pending_operations: z.array(z.object({ resource: named })).default([]),
    }),
  }),
});

/** The names of what the state has, and of what is under way. */
function saved(): { readonly made: readonly string[]; readonly underWay: readonly string[] } {
  try {
    const file = join(real.state, ".pulumi/stacks/ai-api-access/dev.json");
    const { latest } = checkpointSchema.parse(JSON.parse(readFileSync(file, "utf8"))).checkpoint;
    return {
      made: latest.resources.map(({ urn }) => urn),
      underWay: latest.pending_operations.map(({ resource }) => resource.urn).sort(),
    };
  } catch {
    // It is just being written.
    return { made: [], underWay: [] };
  }
}

/** What the doctor says of a subject. */
async function checksOf(wanted: string) {
  const { checks } = reportSchema.parse(JSON.parse((await real.run("doctor", "--json")).stdout));
  return checks.filter(({ subject }) => subject === wanted);
}

test("what a killed up had made is taken in, what it had not is forgotten, and the up after it makes nothing twice", async () => {
  // Made, and never read to the end; and one that the tenant never got to.
  const hang = { effect: { kind: "latency", ms: 600_000 } } as const;
  twin.tenants.auth0.faults.add({ method: "GET", path: "/api/v2/organizations/*", ...hang });
  twin.tenants.auth0.faults.add({ method: "GET", path: "/api/v2/connections/*", ...hang });
  twin.tenants.auth0.faults.add({ method: "POST", path: "/api/v2/roles", ...hang });
  twin.tenants.okta.faults.add({ method: "GET", path: "/api/v1/apps/*", ...hang });
  twin.tenants.okta.faults.add({ method: "GET", path: "/api/v1/authorizationServers/*", ...hang });
  // What does not wait for these is done, and the engine has nothing left to write.
  const hanging = [
    "api-role-ai-editor",
    "api-role-ai-reader",
    "connection.my-awesome-company-users",
    "organization",
    "service-app",
    "service-app-authorization-server",
  ];
  const isTime = () => {
    const { made, underWay } = saved();
    return made.includes("login-app-api") && isDeepStrictEqual(underWay, hanging);
  };
  expect((await killUp(real, isTime)).left).toEqual([]);
  for (const tenant of [twin.tenants.auth0, twin.tenants.okta]) tenant.faults.clear();

  expect(await checksOf("state")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        status: "wrong",
        found: expect.stringMatching(/^locked by .* \(process \d+\), which is gone$/),
        next: "npx ai-api-access recover --stack dev",
      }),
      expect.objectContaining({
        status: "wrong",
        found: "Organization organization: a run was cut short while creating it",
      }),
    ]),
  );

  twin.clearRequests();
  const holdings = twin.holdings();
  const before = await real.exported();
  const unanswered = await real.runAlone("recover");
  expect(unanswered.exitCode).toBe(1);
  expect(unanswered.stderr).toContain("there is no terminal");
  expect(await real.exported()).toBe(before);

  const { exitCode, stdout, stderr } = await real.run("recover", "--yes");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/ {2}! locked by .* \(process \d+\) since .*, which is gone: freed/);
  for (const made of [
    "Organization organization",
    "Connection connection.my-awesome-company-users",
    "OAuth service-app",
  ]) {
    expect(stdout).toMatch(new RegExp(` {2}\\+ ${made} was created \\(\\w+\\): taken into the state`));
  }
  expect(stdout).toMatch(/ {2}- Role api-role-ai-\w+ was not created: forgotten/);
  expect(stdout).toContain("Done. `pulumi up --refresh` of stack dev would:");
  expect(twin.writes()).toEqual([]);
  expect(twin.holdings()).toBe(holdings);

  // No id that was made before is made again.
  const [organization, app] = [await organizationId(), await idOf("okta", "/apps", "AI Service OAuth App")];
  await up();
  expect([await organizationId(), await idOf("okta", "/apps", "AI Service OAuth App")]).toEqual([
    organization,
    app,
  ]);
  await nothingLeftToDo();
});

test("what recover saves is for its user alone and has no secret in the clear", async () => {
  const folder = join(real.folder, ".recover");
  const [file = ""] = readdirSync(folder);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  const saved = readFileSync(join(folder, file), "utf8");
  const { clientSecret } = await stack.outputs();
  expect(clientSecret?.secret).toBe(true);
  expect(saved + (await real.exported())).not.toContain(String(clientSecret?.value));
});

test("of a state that a kill cut off while it was written, the doctor says what to do", async () => {
  writeFileSync(join(real.state, ".pulumi/stacks/ai-api-access/dev.json.attrs"), "");
  const { stderr } = await real.run("doctor");
  expect(stderr).toContain("Put the last whole one back: npx ai-api-access recover --stack dev");
  expect(await real.run("recover", "--yes")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a stack that is in order is left alone, and so is which stack is selected", async () => {
  const before = await real.exported();
  await real.pulumi("stack", "init", "selected", "--secrets-provider", SECRETS_PROVIDER);
  const { exitCode, stdout } = await real.run("recover", "--yes");
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^Stack dev is in order: nothing was under way, and nothing of its \d+ resources is gone\.\n$/,
    ),
  });
  expect(await real.exported()).toBe(before);
  const stacks = stacksSchema.parse(JSON.parse((await real.pulumi("stack", "ls", "--json")).stdout));
  expect(stacks.filter(({ current }) => current)).toMatchObject([{ name: "selected" }]);
});

test("an organization and an authorization server that were deleted by hand are made again, also after a refresh and a plain up that failed", async () => {
  await deletions.organization();
  await deletions.server();
  await expect(change(stack, "refresh")).rejects.toThrow("No organization found by that id or name");
  await expect(up()).rejects.toThrow();
  // The old link, which cannot be deleted, and the new one.
  expect((await real.exported()).match(/"urn": "[^"]*::organization\.[^"]*"/g)).toHaveLength(2);
  expect(await checksOf("state")).toContainEqual({
    subject: "state",
    status: "wrong",
    found: expect.stringMatching(
      /^OrganizationConnection organization\.\S+ \(org_\w+::con_\w+\) was deleted/,
    ),
    next: "npx ai-api-access recover --stack dev",
  });
  twin.clearRequests();
  expect(await real.run("recover", "--yes")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(twin.writes()).toEqual([]);
  await up();
});

test("a connection and an app that were deleted by hand are made again", async () => {
  await deletions.connection();
  await deletions.app();
  // The connection, its link to the organization, and the app have to be made.
  expect(await checksOf("names that must be free")).toMatchObject([{ found: "3 names, all free" }]);
  const { exitCode, stdout } = await real.run("recover", "--yes");
  expect(exitCode).toBe(0);
  // The policy that names the app is still in Okta, so it stays in the state.
  expect(
    [...stdout.matchAll(/ {2}- (\w+) \S+ was deleted in the tenant/g)].map(([, type]) => type).sort(),
  ).toEqual(["Connection", "ConnectionClient", "OAuth", "OrganizationConnection"]);
  await up();
  await nothingLeftToDo();
});

test("destroy goes to its end after a deletion by hand and recover", async () => {
  for (const deletion of Object.values(deletions)) await deletion();
  expect((await real.run("recover", "--yes")).exitCode).toBe(0);
  await change(stack, "destroy");
  expect(twin.holdings()).toBe(seeded);
});
