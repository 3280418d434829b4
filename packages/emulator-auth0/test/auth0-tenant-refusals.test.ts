/** Claim: the local Auth0 tenant refuses what the vendor refuses, in the vendor's words. */
import { describe, expect, test } from "@jest/globals";
import { SharedTenant } from "./stage.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

const PEOPLE = ["a1", "a2", "a3", "a4", "a5"].map((end) => `auth0|64f0000000000000000000${end}`);
const [ADA = ""] = PEOPLE;
let organization: string;
let database: string;

const at = new SharedTenant(async () => {
  organization = await at.newId("/organizations", { name: "acme" });
  database = await at.newId("/connections", { name: "acme-db", strategy: "auth0" });
});

/** Calls the Management API. */
const call: TestTenant["call"] = (method, path, ...more) => at.target.call(method, `/api/v2${path}`, ...more);

async function statuses(method: string, paths: readonly string[]): Promise<number[]> {
  const all: number[] = [];
  for (const path of paths) all.push((await call(method, path)).status);
  return all;
}

function invalid(message: string, errorCode = "invalid_body") {
  return { statusCode: 400, error: "Bad Request", message, errorCode };
}

describe("what does not exist is a 404 in each resource's own words", () => {
  const NO_ORGANIZATION = "No organization found by that id or name";
  const NO_CONNECTION = "The connection does not exist";
  const NO_API = "The resource server does not exist";
  const NO_DOMAIN = "The custom domain cd_none does not exist";

  test.each<[path: string, message: string, errorCode?: string]>([
    ["/organizations/org_none", NO_ORGANIZATION],
    ["/organizations/name/none", NO_ORGANIZATION],
    ["/organizations/org_none/members", NO_ORGANIZATION],
    ["/organizations/org_none/client-grants", "No organization found by that id"],
    ["/connections/con_none", NO_CONNECTION, "inexistent_connection"],
    ["/connections/con_none/clients", NO_CONNECTION, "inexistent_connection"],
    ["/clients/none", "The client does not exist", "inexistent_client"],
    ["/client-grants/cgr_none", "The grant does not exist.", "inexistent_client_grant"],
    ["/roles/rol_none", "The role does not exist."],
    ["/resource-servers/none", NO_API, "inexistent_resource_server"],
    ["/users/auth0%7Cnone", "The user does not exist.", "inexistent_user"],
    ["/custom-domains/cd_none", NO_DOMAIN, "inexistent_custom_domain"],
  ])("GET %s", async (path, ...[message, errorCode]) => {
    const body = { statusCode: 404, error: "Not Found", message, ...(errorCode && { errorCode }) };
    expect(await call("GET", path)).toMatchObject({ status: 404, body });
  });

  test("what is not served is answered 501 with a sentence", async () => {
    const message = expect.stringContaining("GET /api/v2/no-such-thing");
    expect(await call("GET", "/no-such-thing")).toMatchObject({ status: 501, body: { message } });
  });

  test("GET of an organization's connection", async () => {
    const body = { statusCode: 404, error: "Not Found", message: "No connection found by that id" };
    const answer = await call("GET", `/organizations/${organization}/connections/${database}`);
    expect(answer).toMatchObject({ status: 404, body });
  });
});

describe("a body that does not fit is a 400 that names the first fault", () => {
  const NAME = "on property name (The name of this organization.)";
  const LOGO = "on property branding.logo_url (URL of logo to display on login page.)";
  const COLORS = "on property branding.colors (Color scheme used to customize the login pages.)";
  const TYPE = "on property app_type (The type of application this client represents.)";
  const NOT_OF = "Object didn't pass validation for format";
  const insecure = "http://example.com/l.png";

  test.each([
    ["/organizations", {}, "'Missing required property: name'"],
    ["/organizations", { name: "x", colour: 1 }, "'Additional properties not allowed: colour'"],
    ["/organizations", { name: "A B" }, `'${NOT_OF} organization-name: A B' ${NAME}`],
    ["/organizations", { name: "a".repeat(51) }, `'String is too long (51 chars), maximum 50' ${NAME}`],
    [
      "/organizations",
      { name: "x", branding: { colors: { primary: "#fff" } } },
      `'Missing required property: page_background' ${COLORS}`,
    ],
    [
      "/organizations",
      { name: "x", branding: { logo_url: insecure } },
      `'${NOT_OF} strict-https-uri-or-null: ${insecure}' ${LOGO}`,
    ],
    [
      "/connections",
      { name: "x", strategy: "auth0", enabled_clients: [] },
      "'Additional properties not allowed: enabled_clients'",
    ],
    ["/users", { email: "a@example.com" }, "'Missing required property: connection'"],
    [
      "/roles",
      { name: 7 },
      "'Expected type string but found type integer' on property name (Name of the role.)",
    ],
    ["/clients", { name: "x", app_type: "fax" }, `'No enum match for: fax' ${TYPE}`],
  ])("POST %s %j", async (path, body, fault) => {
    const refusal = invalid(`Payload validation error: ${fault}.`);
    expect(await call("POST", path, body)).toMatchObject({ status: 400, body: refusal });
  });

  test.each([
    ["enabled_clients", { enabled_clients: [] }],
    ["name, which cannot be changed", { name: "other" }],
  ])("PATCH of a connection's %s", async (_name, body) => {
    const [property = ""] = Object.keys(body);
    expect((await call("PATCH", `/connections/${database}`, body)).body).toEqual(
      invalid(`Payload validation error: 'Additional properties not allowed: ${property}'.`),
    );
  });

  test("a page size over the maximum is named as a fault of the query", async () => {
    const fault =
      "'Value 101 is greater than maximum 100' on property per_page (Number of results per page.)";
    expect((await call("GET", "/roles?per_page=101")).body).toEqual(
      invalid(`Query validation error: ${fault}.`, "invalid_query_string"),
    );
  });

  test("a body that is not JSON", async () => {
    const answer = await call("POST", "/roles", "{", { headers: { "content-type": "application/json" } });
    const message = "Invalid request payload JSON format";
    expect(answer.body).toEqual({ statusCode: 400, error: "Bad Request", message });
  });

  test("signing up through a link that makes no members", async () => {
    const path = `/organizations/${organization}/connections`;
    const answer = await call("POST", path, { connection_id: database, is_signup_enabled: true });
    expect(answer.body).toEqual(
      invalid(
        "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
      ),
    );
    expect((await call("GET", `${path}/${database}`)).status).toBe(404);
  });

  test("a password weaker than the connection's policy", async () => {
    const user = { connection: "acme-db", email: "weak@example.com", password: "password" };
    const message = "PasswordStrengthError: Password is too weak";
    expect(await call("POST", "/users", user)).toMatchObject({ status: 400, body: { message } });
  });

  test("the Management API itself can be neither changed nor deleted", async () => {
    const path = `/resource-servers/${encodeURIComponent(`${at.target.tenant.origin}/api/v2/`)}`;
    expect((await call("GET", path)).body).toMatchObject({ is_system: true });
    expect((await call("PATCH", path, { scopes: [] })).status).toBe(400);
    expect((await call("DELETE", path)).status).toBe(400);
  });
});

describe("a second of a kind is a 409", () => {
  const FIRST = "Username-Password-Authentication";
  const ada = { connection: FIRST, email: "ADA@example.com", password: "Abcdef12!" };

  test.each<[path: string, body: object, message: string, errorCode?: string]>([
    [
      "/organizations",
      { name: "acme" },
      "An organization with the same name already exists.",
      "organization_conflict",
    ],
    ["/connections", { name: FIRST, strategy: "auth0" }, "A connection with the same name already exists"],
    ["/users", ada, "The user already exists.", "auth0_idp_error"],
  ])("POST %s %j", async (path, body, ...[message, errorCode]) => {
    const refusal = { statusCode: 409, error: "Conflict", message, ...(errorCode && { errorCode }) };
    expect(await call("POST", path, body)).toMatchObject({ status: 409, body: refusal });
  });

  test("roles, resource servers, client grants", async () => {
    const { clientId } = at.target.tenant.management;
    const identifier = "https://twice.example";
    for (const [path, body] of [
      ["/roles", { name: "twice" }],
      ["/resource-servers", { identifier }],
      ["/client-grants", { client_id: clientId, audience: identifier, scope: [] }],
    ] as const) {
      await at.target.expectOk("POST", path, body);
      expect((await call("POST", path, body)).status).toBe(409);
    }
  });
});

describe("limits", () => {
  const members = () => `/organizations/${organization}/members`;

  test("10 members a request; more add nobody", async () => {
    const tooMany = { members: [...PEOPLE, ...PEOPLE, ADA] };
    expect(await call("POST", members(), tooMany)).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body", message: expect.stringContaining("maximum 10") },
    });
    expect((await call("GET", members())).body).toEqual([]);
    expect((await call("POST", members(), { members: PEOPLE })).status).toBe(204);
    // Adding those who are members already is no error.
    expect((await call("POST", members(), { members: PEOPLE })).status).toBe(204);
    expect((await call("GET", members())).body).toHaveLength(5);
  });

  test("an unknown member adds none of the request", async () => {
    expect((await call("POST", members(), { members: [ADA, "auth0|nobody"] })).status).toBe(404);
    expect((await call("GET", members())).body).toEqual([]);
  });

  test("10 connections an organization", async () => {
    const links: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      const id = await at.newId("/connections", { name: `many-${String(index)}`, strategy: "auth0" });
      const link = { connection_id: id, is_enabled: true };
      links.push((await call("POST", `/organizations/${organization}/connections`, link)).status);
    }
    expect(links).toEqual([...Array.from({ length: 10 }, () => 201), 403]);
  });

  test("50 roles a member", async () => {
    await call("POST", members(), { members: [ADA] });
    const path = `${members()}/${encodeURIComponent(ADA)}/roles`;
    const roles: string[] = [];
    for (let index = 0; index < 51; index += 1) {
      roles.push(await at.newId("/roles", { name: `many-${String(index)}` }));
    }
    expect((await call("POST", path, { roles: roles.slice(0, 50) })).status).toBe(204);
    expect((await call("POST", path, { roles: roles.slice(50) })).status).toBe(409);
    expect((await call("GET", `${path}?per_page=100`)).body).toHaveLength(50);
  });
});

describe("deleting twice", () => {
  test("organizations and roles: 404 the second time", async () => {
    const organizationId = await at.newId("/organizations", { name: "short-lived" });
    const paths = [
      `/organizations/${organizationId}`,
      `/roles/${await at.newId("/roles", { name: "short-lived" })}`,
    ];
    expect(await statuses("DELETE", [...paths, ...paths])).toEqual([204, 200, 404, 404]);
  });

  test("clients, APIs, users, grants: 204 both times", async () => {
    const client = await at.newClient({ name: "short-lived" });
    const api = await at.newId("/resource-servers", { identifier: "https://short.example" });
    const person = { connection: "acme-db", email: "short@example.com", password: "Abcdef12!" };
    const user = await at.target.expectOk("POST", "/users", person);
    const paths = [
      `/clients/${client.client_id}`,
      `/resource-servers/${api}`,
      `/users/${encodeURIComponent(String(user.user_id))}`,
      "/client-grants/cgr_0000000000000000",
    ];
    const twice = [...paths, ...paths];
    expect(await statuses("DELETE", twice)).toEqual(twice.map(() => 204));
  });

  test("a connection: 202 with the time, and again; its users and links are gone with it", async () => {
    const id = await at.newId("/connections", { name: "short-lived", strategy: "auth0" });
    const person = { connection: "short-lived", email: "gone@example.com", password: "Abcdef12!" };
    const user = String((await at.target.expectOk("POST", "/users", person)).user_id);
    const other = `/organizations/${await at.newId("/organizations", { name: "other" })}`;
    await at.target.expectOk("POST", `${other}/connections`, { connection_id: id, is_enabled: true });
    await at.target.expectOk("POST", `${other}/members`, { members: [user] });

    const deleted = { status: 202, body: { deleted_at: expect.stringMatching(/^\d{4}-.*Z$/) } };
    expect(await call("DELETE", `/connections/${id}`)).toMatchObject(deleted);
    expect(await call("DELETE", `/connections/${id}`)).toMatchObject(deleted);
    expect((await call("GET", `/users/${encodeURIComponent(user)}`)).status).toBe(404);
    expect((await call("GET", `${other}/connections`)).body).toEqual([]);
    expect((await call("GET", `${other}/members`)).body).toEqual([]);
  });
});
