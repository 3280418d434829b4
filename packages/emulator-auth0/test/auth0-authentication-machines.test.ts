/** Claim: a machine gets a token for an organization as far as its grant, its API and the organization let it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { AUDIENCE, opened } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedTenant } from "./stage.ts";

let own = { client_id: "", client_secret: "" };
let grantId = "";
let acme = "";
let other = "";

const at = new SharedTenant(async (target) => {
  const scopes = [{ value: "ai:read" }, { value: "ai:write" }];
  await target.expectOk("POST", "/resource-servers", { identifier: AUDIENCE, scopes });
  own = await at.newClient({ name: "Machine", app_type: "non_interactive" });
  const grant = { client_id: own.client_id, audience: AUDIENCE, scope: ["ai:read"] };
  grantId = await at.newId("/client-grants", grant);
  acme = await at.newId("/organizations", { name: "acme" });
  other = await at.newId("/organizations", { name: "other" });
});

const ask = (more: Record<string, string> = {}) =>
  at.token({ grant_type: "client_credentials", audience: AUDIENCE, ...own, ...more });

const patchGrant = (changes: object) => at.target.expectOk("PATCH", `/client-grants/${grantId}`, changes);
const patchClient = (changes: object) => at.target.expectOk("PATCH", `/clients/${own.client_id}`, changes);
const patchApi = (changes: object) =>
  at.target.expectOk("PATCH", `/resource-servers/${encodeURIComponent(AUDIENCE)}`, changes);
const associate = (organization: string) =>
  at.target.expectOk("POST", `/organizations/${organization}/client-grants`, { grant_id: grantId });

async function organizationIn(more: Record<string, string> = {}): Promise<unknown> {
  const { status, body } = await ask(more);
  expect(status).toBe(200);
  return opened(body.access_token).claims.org_id;
}

describe("where the grant does not know organizations", () => {
  test.each(["deny", undefined])(
    "(%s) a plain token is given, and one for an organization is not",
    async (usage) => {
      if (usage !== undefined) await patchGrant({ organization_usage: usage });
      expect(await organizationIn()).toBeUndefined();
      await associate(acme);
      const text = "parameter organization is not allowed for this client";
      const body = { error: "access_denied", error_description: text };
      expect(await ask({ organization: acme })).toEqual({ status: 403, body });
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
    const refused = await ask({ organization: other });
    expect(refused).toMatchObject({ status: 403, body: { error: "access_denied" } });
  });

  test("it gives one for any organization where it says so, but none for one that does not exist", async () => {
    await patchGrant({ allow_any_organization: true });
    expect(await organizationIn({ organization: other })).toBe(other);
    const text = "parameter organization is invalid: org_none";
    const body = { error: "invalid_request", error_description: text };
    expect(await ask({ organization: "org_none" })).toEqual({ status: 400, body });
  });

  test("the organization goes by its name only where the tenant allows names", async () => {
    await associate(acme);
    expect((await ask({ organization: "acme" })).status).toBe(400);
    await at.patchSettings({ allow_organization_name_in_authentication_api: true });
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
    const flows = ["client_credentials"];
    await patchClient({ default_organization: { organization_id: acme, flows } });
    expect(await organizationIn()).toBe(acme);
  });

  test("an organization by default does nothing in flows that it is not for", async () => {
    await patchClient({ default_organization: { organization_id: acme, flows: [] } });
    expect(await ask()).toMatchObject({ status: 400 });
  });
});

describe("whatever the organization", () => {
  test("a proof of a key (DPoP) counts once", async () => {
    await patchApi({ proof_of_possession: { mechanism: "dpop", required: true } });
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const claims = { htm: "POST", htu: `${at.target.tenant.origin}/oauth/token`, jti: "the same" };
    const dpop = await new SignJWT({ ...claims, iat: at.now / 1000 })
      .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: await exportJWK(publicKey) })
      .sign(privateKey);
    const body = { grant_type: "client_credentials", audience: AUDIENCE, ...own };
    const askWith = () =>
      at.target.call("POST", "/oauth/token", body, { authorization: null, headers: { dpop } });
    expect(await askWith()).toMatchObject({ status: 200, body: { token_type: "DPoP" } });
    expect(await askWith()).toMatchObject({
      status: 400,
      body: { error: "invalid_dpop_proof", error_description: expect.stringContaining("used before") },
    });
  });

  test("the scopes are those of the grant, or fewer", async () => {
    expect((await ask()).body.scope).toBe("ai:read");
    expect((await ask({ scope: "ai:read" })).body.scope).toBe("ai:read");
    expect(await ask({ scope: "ai:read ai:write" })).toMatchObject({
      status: 403,
      body: { error_description: "Client has not been granted scopes: ai:write" },
    });
  });

  test("permissions are listed where the API does so, and are the scopes", async () => {
    await patchApi({ enforce_policies: true, token_dialect: "access_token_authz" });
    expect(opened((await ask()).body.access_token).claims).toMatchObject({
      sub: `${own.client_id}@clients`,
      azp: own.client_id,
      aud: AUDIENCE,
      gty: "client-credentials",
      scope: "ai:read",
      permissions: ["ai:read"],
    });
  });

  test("an API that is closed to machines is closed to those with a grant too", async () => {
    await patchApi({ subject_type_authorization: { client: { policy: "deny_all" } } });
    expect(await ask()).toMatchObject({ status: 403, body: { error: "access_denied" } });
  });

  test("an application without the grant type, or without a secret, gets nothing", async () => {
    await patchClient({ grant_types: ["authorization_code"] });
    const body = {
      error: "unauthorized_client",
      error_description: "Grant type 'client_credentials' not allowed for the client.",
      error_uri: "https://auth0.com/docs/clients/client-grant-types",
    };
    expect(await ask()).toEqual({ status: 403, body });
    const open = { token_endpoint_auth_method: "none", grant_types: ["client_credentials"] };
    const { client_id: clientId } = await at.newClient({ name: "Open", ...open });
    const request = { grant_type: "client_credentials", audience: AUDIENCE, client_id: clientId };
    expect(await at.token(request)).toMatchObject({ status: 401, body: { error: "access_denied" } });
  });
});
