/** Claim: the local Auth0 tenant refuses what the vendor refuses, in the vendor's words. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let target: TestTenant;
let organization: string;
let database: string;

const call: TestTenant["call"] = (...request) => target.call(...request);

beforeAll(async () => {
  target = await startTestTenant();
  organization = String((await target.expectOk("POST", "/organizations", { name: "acme" })).id);
  database = String(
    (await target.expectOk("POST", "/connections", { name: "acme-db", strategy: "auth0" })).id,
  );
});
afterAll(async () => {
  await target.close();
});

function notFound(message: string, errorCode?: string) {
  return { statusCode: 404, error: "Not Found", message, ...(errorCode === undefined ? {} : { errorCode }) };
}

function invalid(message: string, errorCode = "invalid_body") {
  return { statusCode: 400, error: "Bad Request", message, errorCode };
}

describe("what does not exist is a 404 in each resource's own words", () => {
  test.each([
    ["/organizations/org_none", notFound("No organization found by that id or name")],
    ["/organizations/name/none", notFound("No organization found by that id or name")],
    ["/organizations/org_none/members", notFound("No organization found by that id or name")],
    ["/organizations/org_none/client-grants", notFound("No organization found by that id")],
    ["/connections/con_none", notFound("The connection does not exist", "inexistent_connection")],
    ["/connections/con_none/clients", notFound("The connection does not exist", "inexistent_connection")],
    ["/clients/none", notFound("The client does not exist", "inexistent_client")],
    ["/client-grants/cgr_none", notFound("The grant does not exist.", "inexistent_client_grant")],
    ["/roles/rol_none", notFound("The role does not exist.")],
    ["/resource-servers/none", notFound("The resource server does not exist", "inexistent_resource_server")],
    ["/users/auth0%7Cnone", notFound("The user does not exist.", "inexistent_user")],
    [
      "/custom-domains/cd_none",
      notFound("The custom domain cd_none does not exist", "inexistent_custom_domain"),
    ],
    ["/no-such-thing", notFound("Not Found")],
  ])("GET %s", async (path, body) => {
    expect(await call("GET", `/api/v2${path}`)).toMatchObject({ status: 404, body });
  });

  test("GET of an organization's connection", async () => {
    const answer = await call("GET", `/api/v2/organizations/${organization}/connections/${database}`);
    expect(answer).toMatchObject({ status: 404, body: notFound("No connection found by that id") });
  });
});

describe("a body that does not fit is a 400 that names the first fault", () => {
  test.each([
    ["/organizations", {}, "Payload validation error: 'Missing required property: name'."],
    [
      "/organizations",
      { name: "x", colour: 1 },
      "Payload validation error: 'Additional properties not allowed: colour'.",
    ],
    [
      "/organizations",
      { name: "Acme Ltd" },
      "Payload validation error: 'Object didn't pass validation for format organization-name: Acme Ltd' on property name (The name of this organization.).",
    ],
    [
      "/organizations",
      { name: "a".repeat(51) },
      "Payload validation error: 'String is too long (51 chars), maximum 50' on property name (The name of this organization.).",
    ],
    [
      "/organizations",
      { name: "x", branding: { colors: { primary: "#fff" } } },
      "Payload validation error: 'Missing required property: page_background' on property branding.colors (Color scheme used to customize the login pages.).",
    ],
    [
      "/organizations",
      { name: "x", branding: { logo_url: "http://example.com/l.png" } },
      "Payload validation error: 'Object didn't pass validation for format strict-https-uri-or-null: http://example.com/l.png' on property branding.logo_url (URL of logo to display on login page.).",
    ],
    [
      "/connections",
      { name: "x", strategy: "auth0", enabled_clients: [] },
      "Payload validation error: 'Additional properties not allowed: enabled_clients'.",
    ],
    [
      "/users",
      { email: "a@example.com" },
      "Payload validation error: 'Missing required property: connection'.",
    ],
    [
      "/roles",
      { name: 7 },
      "Payload validation error: 'Expected type string but found type integer' on property name (Name of the role.).",
    ],
    [
      "/clients",
      { name: "x", app_type: "fax" },
      "Payload validation error: 'No enum match for: fax' on property app_type (The type of application this client represents.).",
    ],
  ])("POST %s %j", async (path, body, message) => {
    expect(await call("POST", `/api/v2${path}`, body)).toMatchObject({ status: 400, body: invalid(message) });
  });

  test("enabled_clients in a PATCH of a connection", async () => {
    const answer = await call("PATCH", `/api/v2/connections/${database}`, { enabled_clients: [] });
    expect(answer.body).toEqual(
      invalid("Payload validation error: 'Additional properties not allowed: enabled_clients'."),
    );
  });

  test("a connection's name cannot be changed", async () => {
    const answer = await call("PATCH", `/api/v2/connections/${database}`, { name: "other" });
    expect(answer.body).toEqual(
      invalid("Payload validation error: 'Additional properties not allowed: name'."),
    );
  });

  test("a page size over the maximum is named as a fault of the query", async () => {
    const answer = await call("GET", "/api/v2/roles?per_page=101");
    expect(answer.body).toEqual(
      invalid(
        "Query validation error: 'Value 101 is greater than maximum 100' on property per_page (Number of results per page.).",
        "invalid_query_string",
      ),
    );
  });

  test("a body that is not JSON", async () => {
    const answer = await call("POST", "/api/v2/roles", "{", {
      headers: { "content-type": "application/json" },
    });
    const message = "Invalid request payload JSON format";
    expect(answer.body).toEqual({ statusCode: 400, error: "Bad Request", message });
  });

  test("signing up through a link that makes no members", async () => {
    const path = `/api/v2/organizations/${organization}/connections`;
    const answer = await call("POST", path, { connection_id: database, is_signup_enabled: true });
    expect(answer.body).toEqual(
      invalid(
        "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
      ),
    );
    expect((await call("GET", `${path}/${database}`)).status).toBe(404);
  });

  test("a password weaker than the connection's policy", async () => {
    const body = { connection: "acme-db", email: "weak@example.com", password: "password" };
    const answer = await call("POST", "/api/v2/users", body);
    expect(answer).toMatchObject({
      status: 400,
      body: { message: "PasswordStrengthError: Password is too weak" },
    });
  });

  test("the Management API itself can be neither changed nor deleted", async () => {
    const path = `/api/v2/resource-servers/${encodeURIComponent(`${target.tenant.origin}/api/v2/`)}`;
    expect((await call("GET", path)).body).toMatchObject({ is_system: true });
    expect((await call("PATCH", path, { scopes: [] })).status).toBe(400);
    expect((await call("DELETE", path)).status).toBe(400);
  });
});

describe("a second of a kind is a 409", () => {
  test.each([
    [
      "/organizations",
      { name: "acme" },
      "An organization with the same name already exists.",
      "organization_conflict",
    ],
    [
      "/connections",
      { name: "Username-Password-Authentication", strategy: "auth0" },
      "A connection with the same name already exists",
      undefined,
    ],
    [
      "/users",
      { connection: "Username-Password-Authentication", email: "ADA@example.com", password: "Abcdef12!" },
      "The user already exists.",
      "auth0_idp_error",
    ],
  ])("POST %s %j", async (path, body, message, errorCode) => {
    const expected = {
      statusCode: 409,
      error: "Conflict",
      message,
      ...(errorCode === undefined ? {} : { errorCode }),
    };
    expect(await call("POST", `/api/v2${path}`, body)).toMatchObject({ status: 409, body: expected });
  });

  test("roles, resource servers, client grants", async () => {
    const { clientId } = target.tenant.management;
    const api = { identifier: "https://twice.example" };
    const grant = { client_id: clientId, audience: api.identifier, scope: [] };
    for (const [path, body] of [
      ["/roles", { name: "twice" }],
      ["/resource-servers", api],
      ["/client-grants", grant],
    ] as const) {
      await target.expectOk("POST", path, body);
      expect((await call("POST", `/api/v2${path}`, body)).status).toBe(409);
    }
  });
});

describe("limits", () => {
  test("10 members a request; more add nobody", async () => {
    const path = `/api/v2/organizations/${organization}/members`;
    const members = ["a1", "a2", "a3", "a4", "a5"].map((end) => `auth0|64f0000000000000000000${end}`);
    const eleven = [...members, ...members, "auth0|64f0000000000000000000a1"];
    const answer = await call("POST", path, { members: eleven });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errorCode: "invalid_body",
      message: expect.stringContaining("maximum 10"),
    });
    expect((await call("GET", path)).body).toEqual([]);
    expect((await call("POST", path, { members })).status).toBe(204);
    // Adding those who are members already is no error.
    expect((await call("POST", path, { members })).status).toBe(204);
    expect((await call("GET", path)).body).toHaveLength(5);
  });

  test("an unknown member adds none of the request", async () => {
    const path = `/api/v2/organizations/${organization}/members`;
    await call("DELETE", path, { members: ["auth0|64f0000000000000000000a1"] });
    const members = ["auth0|64f0000000000000000000a1", "auth0|nobody"];
    expect(await call("POST", path, { members })).toMatchObject({ status: 404 });
    expect((await call("GET", path)).body).toHaveLength(4);
  });

  test("10 connections an organization", async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      const created = await target.expectOk("POST", "/connections", {
        name: `many-${String(index)}`,
        strategy: "auth0",
      });
      const link = { connection_id: created.id, is_enabled: true };
      statuses.push((await call("POST", `/api/v2/organizations/${organization}/connections`, link)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 403]);
  });

  test("50 roles a member", async () => {
    const member = "auth0%7C64f0000000000000000000a2";
    const path = `/api/v2/organizations/${organization}/members/${member}/roles`;
    const roles: unknown[] = [];
    for (let index = 0; index < 51; index += 1) {
      roles.push((await target.expectOk("POST", "/roles", { name: `many-${String(index)}` })).id);
    }
    expect((await call("POST", path, { roles: roles.slice(0, 50) })).status).toBe(204);
    expect((await call("POST", path, { roles: roles.slice(50) })).status).toBe(409);
    expect((await call("GET", `${path}?per_page=100`)).body).toHaveLength(50);
  });
});

describe("deleting twice", () => {
  test("organizations and roles: 404 the second time", async () => {
    const created = await target.expectOk("POST", "/organizations", { name: "short-lived" });
    const role = await target.expectOk("POST", "/roles", { name: "short-lived" });
    const paths = [`/api/v2/organizations/${String(created.id)}`, `/api/v2/roles/${String(role.id)}`];
    const statuses: number[] = [];
    for (const path of [...paths, ...paths]) statuses.push((await call("DELETE", path)).status);
    expect(statuses).toEqual([204, 200, 404, 404]);
  });

  test("clients, APIs, users, grants: 204 both times", async () => {
    const client = await target.expectOk("POST", "/clients", { name: "short-lived" });
    const api = await target.expectOk("POST", "/resource-servers", { identifier: "https://short.example" });
    const user = await target.expectOk("POST", "/users", {
      connection: "acme-db",
      email: "short@example.com",
      password: "Abcdef12!",
    });
    const paths = [
      `/api/v2/clients/${String(client.client_id)}`,
      `/api/v2/resource-servers/${String(api.id)}`,
      `/api/v2/users/${encodeURIComponent(String(user.user_id))}`,
      "/api/v2/client-grants/cgr_0000000000000000",
    ];
    for (const path of [...paths, ...paths]) expect((await call("DELETE", path)).status).toBe(204);
  });

  test("a connection: 202 with the time, then 204; its users and links are gone with it", async () => {
    const created = await target.expectOk("POST", "/connections", { name: "short-lived", strategy: "auth0" });
    const id = String(created.id);
    const person = { connection: "short-lived", email: "gone@example.com", password: "Abcdef12!" };
    const user = String((await target.expectOk("POST", "/users", person)).user_id);
    const other = String((await target.expectOk("POST", "/organizations", { name: "other" })).id);
    await target.expectOk("POST", `/organizations/${other}/connections`, {
      connection_id: id,
      is_enabled: true,
    });
    await target.expectOk("POST", `/organizations/${other}/members`, { members: [user] });

    const first = await call("DELETE", `/api/v2/connections/${id}`);
    expect(first).toMatchObject({ status: 202, body: { deleted_at: expect.stringMatching(/^\d{4}-.*Z$/) } });
    expect((await call("DELETE", `/api/v2/connections/${id}`)).status).toBe(204);
    expect((await call("GET", `/api/v2/users/${encodeURIComponent(user)}`)).status).toBe(404);
    expect((await call("GET", `/api/v2/organizations/${other}/connections`)).body).toEqual([]);
    expect((await call("GET", `/api/v2/organizations/${other}/members`)).body).toEqual([]);
  });
});
