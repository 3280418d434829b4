/** Claim: lists are paged, searched and cut to fields as the vendor does it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { record, records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let target: TestTenant;
let organization: string;

const PEOPLE = ["a1", "a2", "a3", "a4", "a5"].map((end) => `auth0|64f0000000000000000000${end}`);

async function get(path: string): Promise<unknown> {
  const { status, body } = await target.call("GET", `/api/v2${path}`);
  expect(status).toBe(200);
  return body;
}

beforeAll(async () => {
  target = await startTestTenant();
  organization = String((await target.expectOk("POST", "/organizations", { name: "lists" })).id);
  await target.expectOk("POST", `/organizations/${organization}/members`, { members: PEOPLE });
  for (const name of ["Reader", "reader of more", "writer"])
    await target.expectOk("POST", "/roles", { name });
});
afterAll(async () => {
  await target.close();
});

describe("paging by number", () => {
  test("is a bare array without totals, an object with them, and empty beyond the end", async () => {
    const path = `/organizations/${organization}/members?fields=user_id&per_page=2`;
    expect(await get(path)).toEqual([{ user_id: PEOPLE[0] }, { user_id: PEOPLE[1] }]);
    expect(await get(`${path}&page=2&include_totals=true`)).toEqual({
      members: [{ user_id: PEOPLE[4] }],
      start: 4,
      limit: 2,
      total: 5,
    });
    expect(await get(`${path}&page=3&include_totals=true`)).toEqual({
      members: [],
      start: 6,
      limit: 2,
      total: 5,
    });
  });

  test("of users has a length too, and ends at the first 1000", async () => {
    expect(await get("/users?include_totals=true&per_page=2")).toMatchObject({
      start: 0,
      limit: 2,
      length: 2,
      total: 5,
    });
    const { status, body } = await target.call("GET", "/api/v2/users?page=10&per_page=100");
    expect(status).toBe(400);
    expect(body).toMatchObject({ message: expect.stringContaining("first 1000 records") });
  });
});

describe("paging by checkpoint", () => {
  test("of members gives next on every page that is not empty, and never totals", async () => {
    const path = `/organizations/${organization}/members?fields=user_id&include_fields=true&include_totals=true&per_page=50&take=3`;
    const seen: unknown[] = [];
    let from = "";
    for (const expected of [3, 2, 0]) {
      const page = record(await get(path + from));
      const members = records(page.members);
      expect(members).toHaveLength(expected);
      expect(Object.keys(page)).toEqual(expected === 0 ? ["members"] : ["members", "next"]);
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
    const { status, body } = await target.call("GET", `/api/v2/users?q=${encodeURIComponent(q)}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: "invalid_query_string" });
  });

  test("users by email, exactly", async () => {
    expect(await get("/users-by-email?email=ada@example.com")).toMatchObject([{ name: "Ada Lovelace" }]);
    expect(await get("/users-by-email?email=Ada@example.com")).toEqual([]);
  });

  test("an API by id and by its identifier, escaped once or twice", async () => {
    const created = await target.expectOk("POST", "/resource-servers", {
      identifier: "https://ai.example.com/v1",
      name: "AI",
    });
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
    expect(
      await get(`/connections/${String(connection.id)}?fields=strategy%2Cname&include_fields=true`),
    ).toEqual({
      id: connection.id,
      strategy: "auth0",
      name: "Username-Password-Authentication",
      is_domain_connection: false,
      authentication: { active: true },
      connected_accounts: { active: false },
    });
    const { clientId } = target.tenant.management;
    expect(await get(`/clients/${clientId}?fields=client_id&include_fields=true`)).toEqual({
      tenant: "local",
      client_id: clientId,
    });
  });

  test("leave out when they are not to be included", async () => {
    const user = record(
      await get(`/users/${encodeURIComponent(PEOPLE[0] ?? "")}?fields=identities&include_fields=false`),
    );
    expect(user.name).toBe("Ada Lovelace");
    expect(user.identities).toBeUndefined();
  });

  test("roles of members come only when they are asked for", async () => {
    const member = PEOPLE[1] ?? "";
    const role = await target.expectOk("POST", "/roles", { name: "in the organization" });
    await target.expectOk(
      "POST",
      `/organizations/${organization}/members/${encodeURIComponent(member)}/roles`,
      {
        roles: [role.id],
      },
    );
    const plain = records(await get(`/organizations/${organization}/members`))[1];
    expect(plain).toBeDefined();
    expect(plain?.roles).toBeUndefined();
    const asked = records(await get(`/organizations/${organization}/members?fields=user_id,roles`))[1];
    expect(asked).toEqual({ user_id: member, roles: [{ id: role.id, name: "in the organization" }] });
  });
});
