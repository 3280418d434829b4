/** Claim: the official `auth0` SDK manages users, roles, permissions and APIs on the local tenant. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { ManagementClient } from "auth0";
import { everyItem, shareSdkTenant } from "@ai-api-access/testing/auth0-sdk.ts";

const CONNECTION = "Username-Password-Authentication";
const API = "https://people.example";

let client: ManagementClient;

shareSdkTenant(async (made) => {
  client = made;
  await client.resourceServers.create({
    identifier: API,
    name: "People",
    scopes: [{ value: "read:people", description: "Read people" }, { value: "write:people" }],
  });
});

async function newUser(name: string, more: object = {}): Promise<string> {
  const user = { connection: CONNECTION, email: `${name}@example.com`, password: "Very-long-1", ...more };
  return String((await client.users.create(user)).user_id);
}

test("a user is created without its password being shown, read, changed and deleted", async () => {
  const created = await client.users.create({
    connection: CONNECTION,
    email: "Mary@example.com",
    password: "Very-long-1",
    given_name: "Mary",
    user_metadata: { color: "blue", size: "m" },
  });
  const id = String(created.user_id);
  expect(created).toMatchObject({ email: "mary@example.com", email_verified: false, nickname: "mary" });
  expect(created).not.toHaveProperty("password");
  expect(await client.users.get(id)).toEqual(created);
  expect(await client.users.get(id, { fields: "email", include_fields: true })).toEqual({
    email: "mary@example.com",
  });
  const changed = await client.users.update(id, { name: "Mary S.", user_metadata: { size: null } });
  expect(changed).toMatchObject({ name: "Mary S.", user_metadata: { color: "blue" } });
  await client.users.delete(id);
  await expect(client.users.get(id)).rejects.toMatchObject({
    statusCode: 404,
    body: { errorCode: "inexistent_user" },
  });
});

describe("users are found", () => {
  let jane: string;
  beforeAll(async () => {
    jane = await newUser("jane.doe", { given_name: "Jane", user_metadata: { plan: { name: "gold" } } });
    await newUser("john.doe", { given_name: "John" });
    const { id } = await client.organizations.create({ name: "searched" });
    await client.organizations.members.create(String(id), { members: [jane] });
  });

  test("by email, in lower case only", async () => {
    const found = await client.users.listUsersByEmail({ email: "jane.doe@example.com" });
    expect(found.map((user) => user.user_id)).toEqual([jane]);
    expect(await client.users.listUsersByEmail({ email: "Jane.Doe@example.com" })).toEqual([]);
  });

  test.each([
    'email:"jane.doe@example.com"',
    'email:"JANE.DOE@EXAMPLE.COM"',
    "email:jane*",
    "given_name:Jane AND family_name:*",
    'email.domain:"example.com" AND given_name:jane',
    'user_metadata.plan.name:"gold"',
    "name:jane.doe@example.com OR name:nobody",
    'identities.connection:"Username-Password-Authentication" AND NOT given_name:[John TO John] AND nickname:*.doe',
  ])("by the query %s", async (q) => {
    const users = await everyItem(client.users.list({ q, search_engine: "v3", fields: "user_id" }));
    const ids = users.map((user) => user.user_id);
    if (q.includes("family_name")) expect(ids).toEqual([]);
    else expect(ids).toEqual([jane]);
  });

  test("by their organization", async () => {
    const { id } = await client.organizations.getByName("searched");
    const q = `organization_id:"${String(id)}"`;
    const users = await everyItem(client.users.list({ q }));
    expect(users.map((user) => user.user_id)).toEqual([jane]);
    expect(await everyItem(client.users.list({ q: `NOT ${q} AND email:jane*` }))).toEqual([]);
  });
});

test("a role is given permissions and users, and both show on the user", async () => {
  const role = await client.roles.create({ name: "Librarian", description: "Keeps people" });
  const id = String(role.id);
  const user = await newUser("librarian");
  const permission = { resource_server_identifier: API, permission_name: "read:people" };
  await client.roles.permissions.add(id, { permissions: [permission] });
  expect(await everyItem(client.roles.permissions.list(id))).toEqual([
    { ...permission, description: "Read people", resource_server_name: "People" },
  ]);
  await client.roles.users.assign(id, { users: [user] });
  expect(await everyItem(client.roles.users.list(id))).toMatchObject([{ user_id: user }]);
  expect(await everyItem(client.users.roles.list(user))).toEqual([
    { id, name: "Librarian", description: "Keeps people" },
  ]);
  expect(await everyItem(client.users.permissions.list(user))).toMatchObject([
    { ...permission, sources: [{ source_type: "ROLE", source_id: id, source_name: "Librarian" }] },
  ]);
  await client.users.roles.delete(user, { roles: [id] });
  await client.users.roles.assign(user, { roles: [id] });
  await client.roles.permissions.delete(id, { permissions: [permission] });
  expect(await everyItem(client.users.permissions.list(user))).toEqual([]);
  expect(await client.roles.update(id, { description: "Changed" })).toMatchObject({ description: "Changed" });
  expect(await everyItem(client.roles.list({ name_filter: "librar" }))).toMatchObject([{ id }]);
  await client.roles.delete(id);
  expect(await everyItem(client.users.roles.list(user))).toEqual([]);
});

test("a user is given permissions directly and loses them again", async () => {
  const user = await newUser("direct");
  const permissions = [{ resource_server_identifier: API, permission_name: "write:people" }];
  await client.users.permissions.create(user, { permissions });
  expect(await everyItem(client.users.permissions.list(user))).toMatchObject([
    { permission_name: "write:people", sources: [{ source_type: "DIRECT" }] },
  ]);
  await client.users.permissions.delete(user, { permissions });
  expect(await everyItem(client.users.permissions.list(user))).toEqual([]);
});

test("an API is read by id and by identifier, changed and deleted", async () => {
  const identifier = "https://books.example/v1/";
  const created = await client.resourceServers.create({
    identifier,
    name: "Books",
    scopes: [{ value: "read:books" }],
    token_lifetime: 600,
  });
  const id = String(created.id);
  expect(created).toMatchObject({ signing_alg: "RS256", token_lifetime: 600, allow_offline_access: false });
  expect(await client.resourceServers.get(identifier)).toEqual(created);
  const scopes = [{ value: "read:books" }, { value: "write:books", description: "Write" }];
  expect(await client.resourceServers.update(id, { scopes })).toEqual({ ...created, scopes });
  expect(await everyItem(client.resourceServers.list({ identifiers: [identifier] }))).toMatchObject([{ id }]);
  await client.resourceServers.delete(id);
  await expect(client.resourceServers.get(id)).rejects.toMatchObject({
    statusCode: 404,
    body: { errorCode: "inexistent_resource_server" },
  });
});
