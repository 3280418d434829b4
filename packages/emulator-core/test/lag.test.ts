/** Claim: with a lag set, exactly those reads that Auth0 documents as eventually consistent see the past. */
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { auth0Routes } from "@ai-api-access/emulator-auth0";
import { auth0Lagging } from "@ai-api-access/emulator-auth0/vendor.ts";
import { parseLag } from "../src/index.ts";
import { oktaLagging } from "@ai-api-access/emulator-okta/vendor.ts";
import { oktaRoutes } from "@ai-api-access/emulator-okta/routes.ts";
import { record, records, startTestTenant, type TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";
const LAG = 2000;

let now = Date.parse("2026-01-01T00:00:00Z");
const org = TestOrg.use({ clock: () => now, lag: { ms: LAG } });
let target: TestTenant;
let organization: string;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now, lag: { ms: LAG } });
});
beforeEach(async () => {
  target.tenant.reset();
  organization = `/api/v2/organizations/${String((await target.expectOk("POST", "/organizations", { name: "acme" })).id)}`;
});
afterAll(() => target.close());

const members = async (query = "") =>
  records((await target.call("GET", `${organization}/members?${query}`)).body).map(({ name }) => name);
const setMember = async (method: "POST" | "DELETE", userId: string) => {
  expect((await target.call(method, `${organization}/members`, { members: [userId] })).status).toBe(204);
};

test("a new member is listed when the lag is over, and not before", async () => {
  await setMember("POST", ADA);
  expect(await members()).toEqual([]);
  now += LAG - 1;
  expect(await members()).toEqual([]);
  now += 1;
  expect(await members()).toEqual(["Ada Lovelace"]);
});

test("a removed member is listed until the lag is over, in the old place", async () => {
  await setMember("POST", ADA);
  await setMember("POST", GRACE);
  now += LAG;
  await setMember("DELETE", ADA);
  now += 1;
  await setMember("POST", ADA);
  expect(await members()).toEqual(["Ada Lovelace", "Grace Hopper"]);
  now += LAG - 1;
  expect(await members()).toEqual(["Grace Hopper"]);
  now += 1;
  expect(await members()).toEqual(["Grace Hopper", "Ada Lovelace"]);
});

test("a deleted user is still found and listed, name and roles included, until the lag is over", async () => {
  await setMember("POST", ADA);
  const role = await target.expectOk("POST", "/roles", { name: "reader" });
  const roles = `${organization}/members/${encodeURIComponent(ADA)}/roles`;
  await target.call("POST", roles, { roles: [role.id] });
  now += LAG;
  expect((await target.call("DELETE", `/api/v2/users/${encodeURIComponent(ADA)}`)).status).toBe(204);
  const seen = async () => [
    (await target.call("GET", `${organization}/members?fields=name,roles`)).body,
    records((await target.call("GET", `/api/v2/users?q=name:Ada*`)).body).length,
  ];
  expect(await seen()).toEqual([[{ name: "Ada Lovelace", roles: [{ id: role.id, name: "reader" }] }], 1]);
  now += LAG;
  expect(await seen()).toEqual([[], 0]);
});

test("a search for users lags; a user by id or by email, and a list of anything else, does not", async () => {
  const email = "new@example.com";
  const connection = "Username-Password-Authentication";
  const created = await target.expectOk("POST", "/users", { email, password: "Correct-Horse-9", connection });
  const path = `/api/v2/users/${encodeURIComponent(String(created.user_id))}`;
  const found = async (query: string) =>
    records((await target.call("GET", `/api/v2/users${query}`)).body).length;
  expect(await found(`?q=email:"${email}"`)).toBe(0);
  expect(await found(`-by-email?email=${email}`)).toBe(1);
  expect((await target.call("GET", path)).status).toBe(200);
  expect((await target.call("PATCH", path, { nickname: "newest" })).status).toBe(200);
  expect((await target.call("GET", path)).body).toMatchObject({ nickname: "newest" });
  await target.expectOk("POST", "/roles", { name: "writer" });
  expect(records((await target.call("GET", "/api/v2/roles")).body)).toHaveLength(1);
  expect(records((await target.call("GET", "/api/v2/organizations")).body)).toHaveLength(1);
  now += LAG;
  expect(await found(`?q=email:"${email}"`)).toBe(1);
});

test("a lagging read changes nothing", async () => {
  await setMember("POST", ADA);
  const held = target.tenant.snapshot();
  await members("include_totals=false");
  expect(target.tenant.snapshot()).toEqual(held);
});

test("after a reset or a restore the present is seen at once", async () => {
  await setMember("POST", ADA);
  const held = target.tenant.snapshot();
  target.tenant.restore(held);
  expect(await members()).toEqual(["Ada Lovelace"]);
  target.tenant.reset();
  expect(records((await target.call("GET", "/api/v2/users")).body)).toHaveLength(5);
});

test("is set, shown and taken away by the admin endpoint", async () => {
  await setMember("POST", ADA);
  expect((await target.call("GET", "/_twin/lag")).body).toMatchObject({
    ms: LAG,
    operations: expect.arrayContaining(["get_members"]),
  });
  expect((await target.call("PUT", "/_twin/lag", { ms: 0 })).status).toBe(204);
  expect(await members()).toEqual(["Ada Lovelace"]);
  expect((await target.call("PUT", "/_twin/lag", { ms: LAG })).status).toBe(204);
  await setMember("POST", GRACE);
  expect(await members()).toEqual(["Ada Lovelace"]);
  expect((await target.call("PUT", "/_twin/lag", { ms: -1 })).status).toBe(400);
  expect(target.tenant.lag.get().ms).toBe(LAG);
});

test("in an Okta org lists with `search` lag, and the same lists without it do not", async () => {
  await org.create("/api/v1/groups", { profile: { name: "readers" } });
  const found = async (query: string) =>
    records((await org.send("GET", `/api/v1/groups?${query}`)).body).map(
      ({ profile }) => record(profile).name,
    );
  const search = `search=${encodeURIComponent('profile.name eq "readers"')}`;
  expect(await found(search)).toEqual([]);
  expect(await found("q=readers")).toEqual(["readers"]);
  expect(await found(search.replace("search", "filter"))).toEqual(["readers"]);
  now += LAG;
  expect(await found(search)).toEqual(["readers"]);
});

test.each([
  ["auth0", auth0Routes, auth0Lagging],
  ["okta", oktaRoutes, oktaLagging],
])("what is said to lag at %s is an operation that is served", (_vendor, routes, lagging) => {
  const served = new Set<string>(routes.map(({ operation }) => operation));
  expect(Object.keys(lagging).filter((operation) => !served.has(operation))).toEqual([]);
});

test("a lag in words is a number of milliseconds or seconds; all else is refused with an example", () => {
  for (const text of ["1500", "1500ms", "1.5s"]) expect(parseLag(text)).toEqual({ ms: 1500 });
  for (const wrong of ["soon", "-1", "2h", "99999s", ""])
    expect(() => parseLag(wrong)).toThrow(/For example: 2s/);
});
