/** What the local Okta org refuses of callers, paths, bodies, pages, people and groups, in Okta's words where known. */
import { describe, expect, test } from "@jest/globals";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { addServer } from "@ai-api-access/testing/okta-oauth.ts";

const org = TestOrg.use();

describe("who may ask", () => {
  test.each([
    ["nothing", null, 403, "E0000005", "Invalid session"],
    ["a wrong token", "SSWS 00wrong", 401, "E0000011", "Invalid token provided"],
    ["another scheme", "Bearer 00wrong", 401, "E0000011", "Invalid token provided"],
  ])("a request with %s is refused", async (_, authorization, status, errorCode, errorSummary) => {
    expect(await org.send("GET", "/api/v1/apps", { authorization })).toMatchObject({
      status,
      body: { errorCode, errorSummary, errorCauses: [] },
    });
  });

  test("the org's address book is open to everybody", async () => {
    const issuer = "/oauth2/default";
    for (const path of [
      "/.well-known/okta-organization",
      `${issuer}/.well-known/openid-configuration`,
      `${issuer}/v1/keys`,
    ])
      expect((await org.send("GET", path, { authorization: null })).status).toBe(200);
  });
});

describe("paths and bodies", () => {
  test.each([
    ["GET", "/nothing", 404, "E0000008"],
    ["GET", "/api/v1/apps/0oaNothing", 404, "E0000007"],
    ["GET", "/api/v1/authorizationServers/ausNothing/scopes", 404, "E0000007"],
    ["GET", "/oauth2/ausNothing/v1/keys", 404, "E0000007"],
    ["GET", "/api/v1/policies?type=NOTHING", 400, "E0000001"],
    ["GET", '/api/v1/apps?filter=label sw "A"'.replaceAll(" ", "%20"), 400, "E0000031"],
    ["GET", "/api/v1/apps?limit=201", 400, "E0000001"],
    ["POST", "/api/v1/apps", 400, "E0000003"],
  ])("%s %s is answered %d %s", async (method, path, status, errorCode) => {
    await org.expectError(method, path, status, errorCode);
  });

  test.each([
    ["apps", "0oaNothing", "OAuth2AppInstance"],
    ["authorizationServers", "ausNothing", "AuthorizationServer"],
  ])("of /%s, what is not there is named with its kind", async (path, id, kind) => {
    expect((await org.send("GET", `/api/v1/${path}/${id}`)).body).toMatchObject({
      errorSummary: `Not found: Resource not found: ${id} (${kind})`,
    });
  });

  test.each([
    ["JSON", "application/json", "{", "E0000003", "The request body was not well-formed."],
    [
      "a kind that Okta reads",
      "application/xml",
      "<group/>",
      "E0000021",
      "Bad request.  Accept and/or Content-Type headers likely do not match supported values.",
    ],
  ])("a body that is not %s is refused as such", async (_, type, body, errorCode, errorSummary) => {
    const headers = { authorization: `SSWS ${org.tenant.apiToken}`, "content-type": type };
    const answer = await fetch(`${org.tenant.origin}/api/v1/groups`, { method: "POST", body, headers });
    expect(await answer.json()).toMatchObject({ errorCode, errorSummary });
  });
});

describe("lists", () => {
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
    // More conditions than anybody writes.
    [`/api/v1/groups?search=${Array.from({ length: 150 }, () => "id pr").join(" or ")}`, 400],
  ])("%s is answered %d", async (path, status) => {
    expect((await org.send("GET", encodeURI(path))).status).toBe(status);
  });

  test.each([
    ["ai", 1],
    ["https://ai.", 1],
    ["nothing", 0],
  ])("authorization servers are found by name and by audience: %s", async (q, count) => {
    const path = "/api/v1/authorizationServers?q=";
    if ((await org.ids(`${path}ai`)).length === 0) await addServer(org);
    expect(await org.ids(`${path}${q}`)).toHaveLength(count);
  });
});

const ada = (changes: Readonly<Record<string, unknown>> = {}) => {
  const login = "ada@example.com";
  return { profile: { firstName: "Ada", lastName: "Lovelace", login, email: login, ...changes } };
};

describe("a person", () => {
  const unknown = "Property name 'notValid' is not defined in profile";
  test.each([
    ["with an attribute that nobody has", { notValid: "x" }, "newUser", unknown],
    ["without a first name", { firstName: undefined }, "firstName", /cannot be left blank/],
    ["whose login is no email address", { login: "ada-lovelace" }, "login", /form of an email address/],
    ["whose email address is none", { email: "ada-lovelace" }, "email", /Does not match required pattern/],
    ["whose login is taken", { login: "ADMIN@example.com" }, "login", /already exists in the current org/],
  ])("%s is refused", async (_, changes, field, cause) => {
    await org.expectRefusal("POST", "/api/v1/users", ada(changes), field, cause);
  });

  test("is activated once, and goes in two steps", async () => {
    const id = await org.create("/api/v1/users?activate=false", ada());
    const path = `/api/v1/users/${id}`;
    expect((await org.send("GET", path)).body).toMatchObject({ status: "STAGED", _links: { activate: {} } });
    expect((await org.send("POST", `${path}/lifecycle/activate`)).status).toBe(200);
    expect(await org.send("POST", `${path}/lifecycle/activate`)).toMatchObject({
      status: 403,
      body: { errorCode: "E0000016", errorSummary: "Activation failed because the user is already active" },
    });
    expect((await org.send("DELETE", path)).status).toBe(204);
    expect((await org.send("GET", path)).body).toMatchObject({ status: "DEPROVISIONED" });
    expect(await org.ids("/api/v1/users")).not.toContain(id);
    expect((await org.send("DELETE", path)).status).toBe(204);
    expect((await org.send("GET", path)).status).toBe(404);
  });
});

describe("a group", () => {
  const groups = "/api/v1/groups";

  test.each([
    ["an attribute that no group has", { color: "blue" }, "profile", /Property name 'color' is not defined/],
    ["a description too long", { description: "x".repeat(1025) }, "description", /profile\.description/],
  ])("with %s is refused", async (_, changes, field, cause) => {
    await org.expectRefusal("POST", groups, { profile: { name: "x", ...changes } }, field, cause);
  });

  test("takes only people who are there; Okta's own take nobody and cannot be deleted", async () => {
    const group = await org.create(groups, { profile: { name: "Members" } });
    expect(await org.send("PUT", `${groups}/${group}/users/00uNobody`)).toMatchObject({
      status: 404,
      body: { errorSummary: "Not found: Resource not found: 00uNobody (User)" },
    });
    const [everyone = ""] = await org.ids(`${groups}?q=Everyone`);
    const [somebody = ""] = await org.ids("/api/v1/users");
    await org.expectError("PUT", `${groups}/${everyone}/users/${somebody}`, 403, "E0000006");
    await org.expectError("DELETE", `${groups}/${everyone}`, 403, "E0000006");
  });
});
