/** Claim: the official `auth0` SDK reads the tenant, walks its lists to their end, and learns why it is refused. */
import { describe, expect, test } from "@jest/globals";
import { ManagementClient } from "auth0";
import { allPages, everyItem, shareSdkTenant } from "@ai-api-access/testing/auth0-sdk.ts";

const PEOPLE = 25;

let client: ManagementClient;
let organization: string;
let role: string;

const tenant = shareSdkTenant(async (made) => {
  client = made;
  organization = String((await client.organizations.create({ name: "crowd" })).id);
  role = String((await client.roles.create({ name: "Crowd" })).id);
  const members: string[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const email = `crowd-${String(n).padStart(2, "0")}@example.com`;
    const user = { connection: "Username-Password-Authentication", email, password: "Very-long-1" };
    members.push(String((await client.users.create(user)).user_id));
  }
  for (let n = 0; n < PEOPLE; n += 10) {
    await client.organizations.members.create(organization, { members: members.slice(n, n + 10) });
  }
  await client.roles.users.assign(role, { users: members });
});

describe("lists are walked to their end", () => {
  test("by checkpoint: members, whose last page names none", async () => {
    const { items, pages } = await allPages(client.organizations.members.list(organization, { take: 10 }));
    expect(new Set(items.map((one) => one.user_id)).size).toBe(PEOPLE);
    expect(pages).toBe(3);
  });

  test("by checkpoint: a role's users, whose last page names none", async () => {
    const { items, pages } = await allPages(client.roles.users.list(role, { take: 10 }));
    expect(new Set(items.map((one) => one.user_id)).size).toBe(PEOPLE);
    expect(pages).toBe(3);
  });

  test("by number: users", async () => {
    const { items } = await allPages(
      client.users.list({ q: "email:crowd-*", per_page: 10, sort: "email:1" }),
    );
    expect(items.map((one) => one.email)).toEqual(
      Array.from({ length: PEOPLE }, (_, n) => `crowd-${String(n).padStart(2, "0")}@example.com`),
    );
  });

  test.each(["name:1", "name:-1", "created_at:1", "created_at:-1"])(
    "by checkpoint and in an order: organizations by %s",
    async (sort) => {
      const names = ["beta", "alpha", "gamma"];
      for (const name of names) {
        const known = await everyItem(client.organizations.list());
        if (!known.some((one) => one.name === name)) await client.organizations.create({ name });
      }
      const { items, pages } = await allPages(client.organizations.list({ take: 2, sort }));
      const listed = items.map((one) => one.name).filter((name) => name !== "crowd");
      const expected = sort.startsWith("name") ? names.toSorted() : names;
      expect(listed).toEqual(sort.endsWith("-1") ? expected.toReversed() : expected);
      expect(pages).toBe(2);
    },
  );

  test.each([
    ["clients", (sdk: ManagementClient) => everyItem(sdk.clients.list({ per_page: 1 })), 3],
    ["connections", (sdk: ManagementClient) => everyItem(sdk.connections.list({ take: 1 })), 1],
    ["client grants", (sdk: ManagementClient) => everyItem(sdk.clientGrants.list({ take: 1 })), 1],
    ["APIs", (sdk: ManagementClient) => everyItem(sdk.resourceServers.list({ per_page: 1 })), 1],
    ["roles", (sdk: ManagementClient) => everyItem(sdk.roles.list({ per_page: 1 })), 1],
  ])("one at a time: %s", async (_name, list, count) => {
    expect(await list(client)).toHaveLength(count);
  });
});

test("the settings are read and changed, and custom domains are listed", async () => {
  const before = await client.tenants.settings.get();
  expect(before).toMatchObject({ friendly_name: "Local tenant", enabled_locales: ["en"] });
  const changed = await client.tenants.settings.update({
    friendly_name: "Renamed",
    flags: { enable_sso: false },
  });
  expect(changed).toMatchObject({ friendly_name: "Renamed", flags: { ...before.flags, enable_sso: false } });
  expect(await client.tenants.settings.get({ fields: "friendly_name" })).toEqual({
    friendly_name: "Renamed",
  });
  expect(await client.customDomains.list()).toEqual([]);
});

describe("the SDK is refused", () => {
  const withToken = (token: string) => new ManagementClient({ domain: tenant().domain, token });

  test("with a wrong secret, before any call", async () => {
    const { domain, management } = tenant();
    const stranger = new ManagementClient({ domain, clientId: management.clientId, clientSecret: "wrong" });
    await expect(stranger.roles.list()).rejects.toMatchObject({ statusCode: 401 });
  });

  test("with a token that is no JWT", async () => {
    const stranger = withToken("nonsense");
    await expect(stranger.roles.list()).rejects.toMatchObject({
      statusCode: 400,
      body: { message: "Bad HTTP authentication header format" },
    });
  });

  test("with the fixed local API token it is not", async () => {
    const local = withToken(tenant().management.apiToken);
    expect(await everyItem(local.roles.list())).toMatchObject([{ id: role }]);
  });
});
