/** Claim: lists are paged, searched and cut to fields as the vendor does it. */
import { describe, expect, test } from "@jest/globals";
import { jsonSchema } from "@ai-api-access/emulator-core";
import { SharedTenant } from "./stage.ts";
import { record, records } from "@ai-api-access/testing/auth0-tenant.ts";

const PEOPLE = ["a1", "a2", "a3", "a4", "a5"].map((end) => `auth0|64f0000000000000000000${end}`);
let organization: string;

const at = new SharedTenant(async (target) => {
  organization = await at.newId("/organizations", { name: "lists" });
  await target.expectOk("POST", `/organizations/${organization}/members`, { members: PEOPLE });
  for (const name of ["Reader", "reader of more", "writer"]) await at.newId("/roles", { name });
});

async function get(path: string): Promise<unknown> {
  const { status, body } = await at.target.call("GET", `/api/v2${path}`);
  expect(status).toBe(200);
  return body;
}

describe("paging by number", () => {
  test("is a bare array without totals, an object with them, and empty beyond the end", async () => {
    const path = `/organizations/${organization}/members?fields=user_id&per_page=2`;
    expect(await get(path)).toEqual([{ user_id: PEOPLE[0] }, { user_id: PEOPLE[1] }]);
    const totals = { limit: 2, total: 5 };
    const last = { members: [{ user_id: PEOPLE[4] }], start: 4, ...totals };
    expect(await get(`${path}&page=2&include_totals=true`)).toEqual(last);
    const beyond = { members: [], start: 6, ...totals };
    expect(await get(`${path}&page=3&include_totals=true`)).toEqual(beyond);
  });

  test("of users has a length too, and ends at the first 1000", async () => {
    const totals = { start: 0, limit: 2, length: 2, total: 5 };
    expect(await get("/users?include_totals=true&per_page=2")).toMatchObject(totals);
    const body = { message: expect.stringContaining("first 1000 records") };
    const answer = await at.target.call("GET", "/api/v2/users?page=10&per_page=100");
    expect(answer).toMatchObject({ status: 400, body });
  });

  test("of connections ends at the first 1000 too", async () => {
    const answer = await at.target.call("GET", "/api/v2/connections?page=10&per_page=100");
    expect(answer).toMatchObject({ status: 400, body: { errorCode: "invalid_paging" } });
  });

  test("of a user's organizations says a total of 0, as Auth0 does", async () => {
    const path = `/users/${encodeURIComponent(PEOPLE[0] ?? "")}/organizations?include_totals=true`;
    expect(await get(path)).toMatchObject({ organizations: [{ id: organization }], total: 0 });
  });
});

describe("paging by checkpoint", () => {
  test("of members gives next only while there is more, and never totals", async () => {
    const path = `/organizations/${organization}/members?fields=user_id&include_fields=true&include_totals=true&per_page=50&take=3`;
    const seen: unknown[] = [];
    let from = "";
    for (const expected of [3, 2]) {
      const page = record(await get(path + from));
      const members = records(page.members);
      expect(members).toHaveLength(expected);
      expect(Object.keys(page)).toEqual(expected === 2 ? ["members"] : ["members", "next"]);
      seen.push(...members.map((member) => member.user_id));
      from = `&from=${encodeURIComponent(String(page.next))}`;
    }
    expect(seen).toEqual(PEOPLE);
  });

  test("of members has the time and the id in its cursor", async () => {
    const page = record(await get(`/organizations/${organization}/members?take=1`));
    expect(Buffer.from(String(page.next), "base64").toString()).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}UTC,auth0\|64f0000000000000000000a1$/,
    );
  });

  test("of organizations, connections and clients gives next only while there is more", async () => {
    expect(await get("/connections?take=100&include_totals=true&per_page=50")).toMatchObject({
      connections: [{}],
    });
    expect(Object.keys(record(await get("/connections?take=100")))).toEqual(["connections"]);
    expect(Object.keys(record(await get("/organizations?take=100")))).toEqual(["organizations"]);
    const page = record(await get("/clients?take=2"));
    expect(page.clients).toHaveLength(2);
    const rest = record(await get(`/clients?take=2&from=${String(page.next)}`));
    expect(rest.clients).toHaveLength(1);
    expect(rest.next).toBeUndefined();
  });
});

describe("looking up", () => {
  test("roles by a part of the name, whatever its case", async () => {
    expect(await get("/roles?name_filter=READER&include_totals=true")).toMatchObject({ total: 2 });
  });

  test.each([
    ['email:"ada@example.com"', 1],
    ['email:"ADA@example.com"', 1],
    ['email:"nobody@example.com"', 0],
    ['email:"ada@example.com" OR email:"grace@example.com"', 2],
    ['family_name:"Hopper" AND given_name:"Grace"', 1],
    ['family_name:"Hopper" AND given_name:"Ada"', 0],
    ["email:*example.com", 5],
    ["name:a*", 2],
    ["NOT name:a*", 3],
    ['identities.connection:"Username-Password-Authentication" AND (name:ada* OR name:grace*)', 2],
    ['user_id:"auth0|64f0000000000000000000a3"', 1],
    ["_exists_:user_metadata", 0],
  ])("users by %s", async (q, total) => {
    const answer = await get(`/users?include_totals=true&per_page=50&q=${encodeURIComponent(q)}`);
    expect(answer).toMatchObject({ total, length: total });
  });

  test.each(["(email:x", "email:*om", "AND"])("users by %s is a 400", async (q) => {
    const answer = await at.target.call("GET", `/api/v2/users?q=${encodeURIComponent(q)}`);
    expect(answer).toMatchObject({ status: 400, body: { errorCode: "invalid_query_string" } });
  });

  test("users by email, exactly", async () => {
    expect(await get("/users-by-email?email=ada@example.com")).toMatchObject([{ name: "Ada Lovelace" }]);
    expect(await get("/users-by-email?email=Ada@example.com")).toEqual([]);
  });

  test("an API by id and by its identifier, escaped once or twice", async () => {
    const api = { identifier: "https://ai.example.com/v1", name: "AI" };
    const created = await at.target.expectOk("POST", "/resource-servers", api);
    const once = "https:%2F%2Fai.example.com%2Fv1";
    for (const reference of [String(created.id), once, once.replaceAll("%", "%25")]) {
      expect(await get(`/resource-servers/${reference}`)).toEqual(created);
    }
  });
});

describe("fields", () => {
  test("cut an object down; a connection keeps its id and purposes, a client its tenant", async () => {
    const [connection = {}] = records(await get("/connections?fields=id"));
    expect(Object.keys(connection)).toEqual(["id"]);
    const path = `/connections/${String(connection.id)}?fields=strategy%2Cname&include_fields=true`;
    expect(await get(path)).toEqual({
      id: connection.id,
      strategy: "auth0",
      name: "Username-Password-Authentication",
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
    });
    const { clientId } = at.target.tenant.management;
    const client = { tenant: "local", client_id: clientId };
    expect(await get(`/clients/${clientId}?fields=client_id&include_fields=true`)).toEqual(client);
  });

  test("leave out when they are not to be included", async () => {
    const ada = encodeURIComponent(PEOPLE[0] ?? "");
    const user = record(await get(`/users/${ada}?fields=identities&include_fields=false`));
    expect(user.name).toBe("Ada Lovelace");
    expect(user.identities).toBeUndefined();
  });

  test("roles of members come only when they are asked for", async () => {
    const member = PEOPLE[1] ?? "";
    const id = await at.newId("/roles", { name: "in the organization" });
    const members = `/organizations/${organization}/members`;
    await at.target.expectOk("POST", `${members}/${encodeURIComponent(member)}/roles`, { roles: [id] });
    const plain = records(await get(members))[1];
    expect(plain).toBeDefined();
    expect(plain?.roles).toBeUndefined();
    const asked = records(await get(`${members}?fields=user_id,roles`))[1];
    expect(asked).toEqual({ user_id: member, roles: [{ id, name: "in the organization" }] });
  });
});

test("the My Account API is what Auth0 makes it, whatever a request says of it", async () => {
  const identifier = `${at.target.tenant.origin}/me/`;
  const created = await at.target.expectOk("POST", "/resource-servers", { identifier, name: "Mine" });
  expect(created).toMatchObject({
    identifier,
    name: "Auth0 My Account API",
    is_system: true,
    token_lifetime: 600,
    subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
    proof_of_possession: { mechanism: "dpop", required: false },
  });
  expect(created.scopes).toContainEqual({
    value: "read:me:connected_accounts",
    description: "Read Connected Accounts",
  });
  expect(await get(`/resource-servers/${encodeURIComponent(identifier)}`)).toEqual(created);
  await at.target.expectOk("DELETE", `/resource-servers/${String(created.id)}`);
});

test("what of the login page is the tenant's own shows in the answer to a change alone", async () => {
  const snapshot = at.target.tenant.snapshot();
  const [settings] = snapshot.collections.tenant_settings ?? [];
  const universal_login = { colors: { primary: "#000000" }, is_custom_theme_set: true };
  const tenant_settings = [{ ...record(settings), universal_login }].map((one) => jsonSchema.parse(one));
  at.target.tenant.restore({ ...snapshot, collections: { ...snapshot.collections, tenant_settings } });
  expect(await at.target.expectOk("PATCH", "/tenants/settings", { friendly_name: "x" })).toMatchObject({
    universal_login,
  });
  const { universal_login: shown } = record(await get("/tenants/settings"));
  expect(shown).toEqual({ colors: { primary: "#000000" } });
});
