/** Claim: a machine gets a token for an organization as far as its grant, its API and the organization let it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { opened, tokenRequest } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let staged: ReturnType<TestTenant["tenant"]["snapshot"]>;
const API = "https://ai.example.com";
const own = { client_id: "", client_secret: "" };
let grantId = "";
let acme = "";
let other = "";

beforeAll(async () => {
  target = await startTestTenant();
  const scopes = [{ value: "ai:read" }, { value: "ai:write" }];
  await target.expectOk("POST", "/resource-servers", { identifier: API, scopes });
  const client = await target.expectOk("POST", "/clients", { name: "Machine", app_type: "non_interactive" });
  own.client_id = String(client.client_id);
  own.client_secret = String(client.client_secret);
  const grant = { client_id: own.client_id, audience: API, scope: ["ai:read"] };
  grantId = String((await target.expectOk("POST", "/client-grants", grant)).id);
  acme = String((await target.expectOk("POST", "/organizations", { name: "acme" })).id);
  other = String((await target.expectOk("POST", "/organizations", { name: "other" })).id);
  staged = target.tenant.snapshot();
});
beforeEach(() => {
  target.tenant.restore(staged);
});
afterAll(async () => {
  await target.close();
});

const ask = (more: Record<string, string> = {}) =>
  tokenRequest(target, { grant_type: "client_credentials", audience: API, ...own, ...more });

const patchGrant = (changes: object) => target.expectOk("PATCH", `/client-grants/${grantId}`, changes);
const associate = (organization: string) =>
  target.expectOk("POST", `/organizations/${organization}/client-grants`, { grant_id: grantId });

async function organizationIn(more: Record<string, string> = {}): Promise<unknown> {
  const { status, body } = await ask(more);
  expect(status).toBe(200);
  return opened(body.access_token).claims.org_id;
}

describe("where the grant does not know organizations", () => {
  test.each([["deny"], [undefined]])(
    "(%s) a plain token is given, and one for an organization is not",
    async (usage) => {
      if (usage !== undefined) await patchGrant({ organization_usage: usage });
      expect(await organizationIn()).toBeUndefined();
      await associate(acme);
      expect(await ask({ organization: acme })).toEqual({
        status: 403,
        body: {
          error: "access_denied",
          error_description: "parameter organization is not allowed for this client",
        },
      });
    },
  );
});

describe("where the grant allows organizations", () => {
  beforeEach(async () => {
    await patchGrant({ organization_usage: "allow" });
  });

  test("it gives a plain token, and one for each organization that it is associated with", async () => {
    await associate(acme);
    expect(await organizationIn()).toBeUndefined();
    expect(await organizationIn({ organization: acme })).toBe(acme);
    expect(await ask({ organization: other })).toMatchObject({
      status: 403,
      body: { error: "access_denied" },
    });
  });

  test("it gives one for any organization where it says so", async () => {
    await patchGrant({ allow_any_organization: true });
    expect(await organizationIn({ organization: other })).toBe(other);
  });

  test("it gives none for an organization that does not exist", async () => {
    await patchGrant({ allow_any_organization: true });
    expect(await ask({ organization: "org_none" })).toEqual({
      status: 400,
      body: { error: "invalid_request", error_description: "parameter organization is invalid: org_none" },
    });
  });

  test("the organization goes by its name only where the tenant allows names", async () => {
    await associate(acme);
    expect((await ask({ organization: "acme" })).status).toBe(400);
    const settings = { allow_organization_name_in_authentication_api: true };
    await target.expectOk("PATCH", "/tenants/settings", settings);
    const { body } = await ask({ organization: "acme" });
    expect(opened(body.access_token).claims).toMatchObject({ org_id: acme, org_name: "acme" });
  });
});

describe("where the grant requires an organization", () => {
  beforeEach(async () => {
    await patchGrant({ organization_usage: "require" });
    await associate(acme);
  });

  test("the request names it, or the application has one by default", async () => {
    expect(await organizationIn({ organization: acme })).toBe(acme);
    expect(await ask()).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    const organization = { organization_id: acme, flows: ["client_credentials"] };
    await target.expectOk("PATCH", `/clients/${own.client_id}`, { default_organization: organization });
    expect(await organizationIn()).toBe(acme);
  });

  test("an organization by default does nothing in flows that it is not for", async () => {
    const organization = { organization_id: acme, flows: [] };
    await target.expectOk("PATCH", `/clients/${own.client_id}`, { default_organization: organization });
    expect(await ask()).toMatchObject({ status: 400 });
  });
});

describe("whatever the organization", () => {
  test("the scopes are those of the grant, or fewer", async () => {
    expect((await ask()).body.scope).toBe("ai:read");
    expect((await ask({ scope: "ai:read" })).body.scope).toBe("ai:read");
    expect(await ask({ scope: "ai:read ai:write" })).toMatchObject({
      status: 403,
      body: { error_description: "Client has not been granted scopes: ai:write" },
    });
  });

  test("permissions are listed where the API does so, and are the scopes", async () => {
    const settings = { enforce_policies: true, token_dialect: "access_token_authz" };
    await target.expectOk("PATCH", `/resource-servers/${encodeURIComponent(API)}`, settings);
    expect(opened((await ask()).body.access_token).claims).toMatchObject({
      sub: `${own.client_id}@clients`,
      azp: own.client_id,
      aud: API,
      gty: "client-credentials",
      scope: "ai:read",
      permissions: ["ai:read"],
    });
  });

  test("an API that is closed to machines is closed to those with a grant too", async () => {
    const closed = { subject_type_authorization: { client: { policy: "deny_all" } } };
    await target.expectOk("PATCH", `/resource-servers/${encodeURIComponent(API)}`, closed);
    expect(await ask()).toMatchObject({ status: 403, body: { error: "access_denied" } });
  });

  test("an application without the grant type, or without a secret, gets nothing", async () => {
    await target.expectOk("PATCH", `/clients/${own.client_id}`, { grant_types: ["authorization_code"] });
    expect(await ask()).toEqual({
      status: 403,
      body: {
        error: "unauthorized_client",
        error_description: "Grant type 'client_credentials' not allowed for the client.",
        error_uri: "https://auth0.com/docs/clients/client-grant-types",
      },
    });
    const open = await target.expectOk("POST", "/clients", {
      name: "Open",
      token_endpoint_auth_method: "none",
      grant_types: ["client_credentials"],
    });
    const parameters = { grant_type: "client_credentials", audience: API, client_id: String(open.client_id) };
    expect(await tokenRequest(target, parameters)).toMatchObject({
      status: 401,
      body: { error: "access_denied" },
    });
  });
});
