/** Claim: people of an organization, users by email and roles by name, on a local tenant. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { startAuth0Tenant, type Auth0Tenant } from "@ai-api-access/emulator-auth0";
import { testTls } from "@ai-api-access/testing/tls.ts";
import {
  auth0Client,
  findOrganizationByName,
  findRolesByName,
  findUsersByEmail,
  organizationMembers,
  trustAlso,
  type TenantClient,
} from "../index.ts";

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const idSchema = z.object({ id: z.string() });

let tenant: Auth0Tenant;
let client: TenantClient;
let organization: string;
const users: string[] = [];
beforeAll(async () => {
  const tls = testTls();
  tenant = await startAuth0Tenant({ file: ":memory:", tls });
  trustAlso(tls.cert);
  const { clientId, clientSecret } = tenant.management;
  client = auth0Client({
    domain: tenant.domain,
    credentials: { kind: "secret", clientId, clientSecret },
  });
  organization = idSchema.parse(await client.send("POST", "/organizations", { name: "acme" })).id;
  for (const name of ["one", "two", "three", `o'"\\neil`]) {
    const user = await client.send("POST", "/users", {
      connection: "Username-Password-Authentication",
      email: `${name.replaceAll(/[^a-z]/g, "")}@example.com`,
      name,
      password: "Aa1!Aa1!Aa1!Aa1!",
    });
    users.push(z.object({ user_id: z.string() }).parse(user).user_id);
  }
});
afterAll(() => tenant.close());

test("people are added, listed page by page with their roles, and removed", async () => {
  const members = organizationMembers(client, organization);
  const role = idSchema.parse(await client.send("POST", "/roles", { name: "reader" })).id;
  const [first = "", second = ""] = users;
  await members.add(users);
  await members.assignRoles(first, [role]);

  const listed = await collected(members.list(2));
  expect(new Map(listed.map(({ user, roles }) => [user, roles]))).toEqual(
    new Map(users.map((user) => [user, user === first ? [{ id: role, name: "reader" }] : []])),
  );
  expect(listed.map(({ email }) => email)).toContain("two@example.com");

  await members.removeRoles(first, [role]);
  await members.remove([second]);
  const left = await collected(members.list());
  expect(left.map(({ user }) => user).sort()).toEqual(users.filter((user) => user !== second).sort());
  expect(left.flatMap(({ roles }) => roles)).toEqual([]);
});

test("an organization that is not there, and a person who is nobody, are refused with the vendor's words", async () => {
  await expect(collected(organizationMembers(client, "org_nobody1234567").list())).rejects.toMatchObject({
    failure: "refused",
    status: 404,
  });
  await expect(organizationMembers(client, organization).add(["auth0|nobody"])).rejects.toMatchObject({
    failure: "refused",
    words: expect.stringContaining("does not exist"),
    unconfirmed: false,
  });
});

test("users are found by email, many at a time, in any letter case", async () => {
  const nobody = Array.from({ length: 60 }, (_, at) => `nobody${String(at)}@example.com`);
  const found = await findUsersByEmail(client, ["one@example.com", ...nobody, "oneil@example.com"]);
  expect([...found.keys()].sort()).toEqual(["one@example.com", "oneil@example.com"]);
  expect(found.get("one@example.com")).toEqual([
    { user: users[0], connections: ["Username-Password-Authentication"], isVerified: false },
  ]);
});

test("an organization is found by its name", async () => {
  expect(await findOrganizationByName(client, "acme")).toBe(organization);
  expect(await findOrganizationByName(client, "globex")).toBeUndefined();
});

test("roles are found by their whole name, beyond the first page", async () => {
  const made = new Map<string, string>();
  for (let number = 0; number < 101; number += 1) {
    const name = `role-${String(number).padStart(3, "0")}`;
    made.set(name, idSchema.parse(await client.send("POST", "/roles", { name })).id);
  }
  const last = idSchema.parse(await client.send("POST", "/roles", { name: "role" })).id;
  expect(await findRolesByName(client, ["role", "role-042", "Role-001", "none"])).toEqual(
    new Map([
      ["role", last],
      ["role-042", made.get("role-042")],
    ]),
  );
});
