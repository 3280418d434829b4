/** What the local Okta org refuses of people, groups, policies, keys, pages and bodies, in Okta's words where known. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { addClient, addServer } from "@ai-api-access/testing/okta-oauth.ts";
import { policy, rule, serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;
let server: string;
beforeAll(async () => {
  org = await TestOrg.start();
  server = `/api/v1/authorizationServers/${await addServer(org)}`;
});
afterAll(() => org.tenant.close());

const ada = (changes: Readonly<Record<string, unknown>> = {}) => ({
  profile: {
    firstName: "Ada",
    lastName: "Lovelace",
    login: "ada@example.com",
    email: "ada@example.com",
    ...changes,
  },
});

describe("a person", () => {
  test("with an attribute that nobody has is refused", async () => {
    const answer = await org.send("POST", "/api/v1/users", { body: ada({ notValid: "x" }) });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errorCode: "E0000001",
        errorSummary: "Api validation failed: newUser",
        errorCauses: [{ errorSummary: "Property name 'notValid' is not defined in profile" }],
      },
    });
  });

  test.each([
    ["without a first name", { firstName: undefined }, "firstName", /cannot be left blank/],
    ["whose login is no email address", { login: "ada-lovelace" }, "login", /form of an email address/],
    ["whose email address is none", { email: "ada-lovelace" }, "email", /Does not match required pattern/],
    [
      "whose login is taken",
      { login: "ADMIN@example.com" },
      "login",
      /already exists in the current organization/,
    ],
  ])("%s is refused", async (_, changes, field, cause) => {
    await org.expectRefusal("POST", "/api/v1/users", ada(changes), field, cause);
  });

  test("is activated once, and goes in two steps", async () => {
    const id = await org.create("/api/v1/users?activate=false", ada());
    const path = `/api/v1/users/${id}`;
    expect(await org.send("GET", path)).toMatchObject({
      body: { status: "STAGED", _links: { activate: {} } },
    });
    expect((await org.send("POST", `${path}/lifecycle/activate`)).status).toBe(200);
    expect(await org.send("POST", `${path}/lifecycle/activate`)).toMatchObject({
      status: 403,
      body: { errorCode: "E0000016", errorSummary: "Activation failed because the user is already active" },
    });
    expect((await org.send("DELETE", path)).status).toBe(204);
    expect((await org.send("GET", path)).body).toMatchObject({ status: "DEPROVISIONED" });
    const all = z.array(z.object({ id: z.string() })).parse((await org.send("GET", "/api/v1/users")).body);
    expect(all.map((user) => user.id)).not.toContain(id);
    expect((await org.send("DELETE", path)).status).toBe(204);
    expect((await org.send("GET", path)).status).toBe(404);
  });
});

describe("a group", () => {
  test("with an attribute that no group has, or a description too long, is refused", async () => {
    const unknown = { profile: { name: "x", color: "blue" } };
    await org.expectRefusal(
      "POST",
      "/api/v1/groups",
      unknown,
      "profile",
      /Property name 'color' is not defined/,
    );
    const long = { profile: { name: "x", description: "x".repeat(1025) } };
    await org.expectRefusal("POST", "/api/v1/groups", long, "description", /profile\.description/);
  });

  test("takes only people who are there, and Okta's own take nobody", async () => {
    const group = await org.create("/api/v1/groups", { profile: { name: "Members" } });
    expect(await org.send("PUT", `/api/v1/groups/${group}/users/00uNobody`)).toMatchObject({
      status: 404,
      body: { errorSummary: "Not found: Resource not found: 00uNobody (User)" },
    });
    const [everyone] = z
      .array(z.object({ id: z.string() }))
      .parse((await org.send("GET", "/api/v1/groups?q=Everyone")).body);
    const me = z.object({ id: z.string() }).parse((await org.send("GET", "/api/v1/users/me")).body);
    expect(await org.send("PUT", `/api/v1/groups/${String(everyone?.id)}/users/${me.id}`)).toMatchObject({
      status: 403,
      body: { errorCode: "E0000006" },
    });
  });
});

test.each([
  ["without a description", { description: undefined }, "description", /cannot be left blank/],
  ["with a description over 255 characters", { description: "x".repeat(256) }, "description", /description/],
  ["with a name over 100 characters", { name: "x".repeat(101) }, "name", /name/],
])("an access policy %s is refused", async (_, changes, field, cause) => {
  await org.expectRefusal("POST", `${server}/policies`, policy(changes), field, cause);
});

test("keys rotate for signatures and nothing else", async () => {
  const path = `${server}/credentials/lifecycle/keyRotate`;
  expect(await org.send("POST", path, { body: { use: "enc" } })).toMatchObject({
    status: 400,
    body: {
      errorSummary: "Api validation failed: rotateKeys",
      errorCauses: [{ errorSummary: "Invalid value specified for key 'use' parameter." }],
    },
  });
});

test("a claim of access tokens is always included, whatever was asked for", async () => {
  const claim = { name: "c", claimType: "RESOURCE", valueType: "EXPRESSION", value: '"x"' };
  const body = { ...claim, alwaysIncludeInToken: false };
  expect((await org.send("POST", `${server}/claims`, { body })).body).toMatchObject({
    alwaysIncludeInToken: true,
  });
});

test("a body that is not JSON is refused as such, and one of another kind as of another kind", async () => {
  const send = (type: string, body: string) =>
    fetch(`${org.tenant.origin}/api/v1/groups`, {
      method: "POST",
      body,
      headers: { authorization: `SSWS ${org.tenant.apiToken}`, "content-type": type },
    });
  expect(await (await send("application/json", "{")).json()).toMatchObject({ errorCode: "E0000003" });
  expect(await (await send("application/xml", "<group/>")).json()).toMatchObject({
    errorCode: "E0000021",
    errorSummary: "Bad request.  Accept and/or Content-Type headers likely do not match supported values.",
  });
});

test.each([
  ["/api/v1/apps?limit=201", 400],
  ["/api/v1/groups?limit=201", 200],
  ["/api/v1/groups?limit=10001", 400],
  ["/api/v1/groups?limit=0", 400],
  ["/api/v1/groups?q=E&after=nonsense", 400],
  ["/api/v1/users?limit=201", 400],
  ["/api/v1/authorizationServers?limit=201", 400],
  ['/api/v1/groups?search=profile.name eq "x" and color eq "blue"', 400],
  ["/api/v1/users?filter=status", 400],
])("the list %s answers %d", async (path, status) => {
  expect((await org.send("GET", encodeURI(path))).status).toBe(status);
});

test("a search of more conditions than anybody writes is refused", async () => {
  const search = Array.from({ length: 150 }, () => "id pr").join(" or ");
  expect((await org.send("GET", encodeURI(`/api/v1/groups?search=${search}`))).status).toBe(400);
});

test("authorization servers are found by name and by audience", async () => {
  for (const [q, count] of [
    ["ai", 1],
    ["https://ai.", 1],
    ["nothing", 0],
  ] as const) {
    expect((await org.send("GET", `/api/v1/authorizationServers?q=${q}`)).body).toHaveLength(count);
  }
});

describe("an administrator role", () => {
  const roles = (client: string) => `/oauth2/v1/clients/${client}/roles`;

  test("is for service applications, of a kind that there is, and given once", async () => {
    const { id } = await addClient(org);
    const role = { type: "APP_ADMIN" };
    expect((await org.send("POST", roles(id), { body: role })).status).toBe(201);
    expect(await org.send("POST", roles(id), { body: role })).toMatchObject({
      status: 409,
      body: { errorCode: "E0000090" },
    });
    await org.expectRefusal("POST", roles(id), { type: "KING" }, "type", /not a standard role/);
    const web = { application_type: "web", grant_types: ["client_credentials"] };
    const other = await org.create("/api/v1/apps", serviceApp({ oauthClient: web }));
    expect(await org.send("POST", roles(other), { body: role })).toMatchObject({
      status: 400,
      body: { errorCode: "E0000227", errorSummary: "Roles can only be granted to service application type" },
    });
  });
});

test("an org without API Access Management has no authorization servers to manage", async () => {
  const bare = await TestOrg.start();
  const snapshot = bare.tenant.snapshot();
  const [record] = z
    .array(z.looseObject({ features: z.record(z.string(), z.boolean()) }))
    .parse(snapshot.collections.org);
  const features = { ...record?.features, apiAccessManagement: false };
  bare.tenant.restore({
    ...snapshot,
    collections: z.record(z.string(), z.array(z.json())).parse({
      ...snapshot.collections,
      org: [{ ...record, features }],
    }),
  });
  for (const [method, path] of [
    ["GET", "/api/v1/authorizationServers/default"],
    ["POST", "/api/v1/authorizationServers"],
  ] as const) {
    expect(await bare.send(method, path)).toMatchObject({
      status: 401,
      body: {
        errorCode: "E0000015",
        errorSummary: "You do not have permission to access the feature you are requesting",
      },
    });
  }
  expect((await bare.send("GET", "/api/v1/apps")).status).toBe(200);
  await bare.tenant.close();
});

test("the grant types of a rule come in Okta's own order", async () => {
  const path = `${server}/policies/${await org.create(`${server}/policies`, policy({ name: "order" }))}/rules`;
  const conditions = { grantTypes: { include: ["password", "client_credentials", "implicit"] } };
  expect((await org.send("POST", path, { body: rule({}, conditions) })).body).toMatchObject({
    conditions: { grantTypes: { include: ["implicit", "client_credentials", "password"] } },
  });
});
