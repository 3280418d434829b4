/** Okta's own SDK makes, reads, lists, changes and removes applications, with what belongs to them, on the local org. */
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK's types are classes; as its own documentation does, these tests give it plain objects */
import { beforeAll, describe, expect, test } from "@jest/globals";
import okta from "@okta/okta-sdk-nodejs";
import { newSigner } from "@ai-api-access/testing/okta-oauth.ts";
import { everything, sdkWithToken, type OktaSdk } from "@ai-api-access/testing/okta-sdk.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const org = TestOrg.use();
let sdk: OktaSdk;
beforeAll(() => {
  sdk = sdkWithToken(org);
});

/** A service application in the SDK's own terms. */
function service(
  label: string,
  client: Partial<okta.ApplicationCredentialsOAuthClient> = {},
): okta.OpenIdConnectApplication {
  return {
    name: "oidc_client",
    label,
    signOnMode: "OPENID_CONNECT",
    credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post", ...client } },
    settings: {
      oauthClient: {
        application_type: "service",
        grant_types: ["client_credentials"],
        response_types: ["token"],
        redirect_uris: [],
      },
    },
  };
}

async function make(
  label: string,
  client: Partial<okta.ApplicationCredentialsOAuthClient> = {},
): Promise<string> {
  const application = await sdk.applicationApi.createApplication({ application: service(label, client) });
  return String(application.id);
}

test("an application is made, read, replaced, turned off and on, and removed", async () => {
  const { applicationApi } = sdk;
  const made = await applicationApi.createApplication({ application: service("AI Service") });
  expect(made).toBeInstanceOf(okta.OpenIdConnectApplication);
  expect(made).toMatchObject({
    status: "ACTIVE",
    credentials: { oauthClient: { client_id: made.id, client_secret: expect.stringMatching(/^[\w-]{64}$/) } },
  });
  const appId = String(made.id);
  const read = await applicationApi.getApplication({ appId });
  expect(read).toMatchObject({ label: "AI Service", created: expect.any(Date) });
  expect(JSON.stringify(read)).not.toContain('client_secret":');
  const renamed = await applicationApi.replaceApplication({ appId, application: service("AI Console") });
  expect(renamed.label).toBe("AI Console");
  await applicationApi.deactivateApplication({ appId });
  expect((await applicationApi.getApplication({ appId })).status).toBe("INACTIVE");
  await applicationApi.activateApplication({ appId });
  await expect(applicationApi.deleteApplication({ appId })).rejects.toMatchObject({
    status: 403,
    errorCode: "E0000056",
  });
  await applicationApi.deactivateApplication({ appId });
  await applicationApi.deleteApplication({ appId });
  await expect(applicationApi.getApplication({ appId })).rejects.toMatchObject({
    status: 404,
    errorCode: "E0000007",
    errorSummary: `Not found: Resource not found: ${appId} (OAuth2AppInstance)`,
  });
});

test("a list of applications comes whole, page by page, and can be asked for by name and status", async () => {
  for (const number of [1, 2, 3, 4, 5, 6, 7]) await make(`Page ${String(number)}`);
  const paged = await everything(await sdk.applicationApi.listApplications({ q: "Page", limit: 2 }));
  expect(paged.map(({ label }) => label)).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((number) => `Page ${String(number)}`),
  );
  const inactive = await sdk.applicationApi.listApplications({ q: "Page", filter: 'status eq "INACTIVE"' });
  expect(await everything(inactive)).toEqual([]);
});

describe("credentials of an application", () => {
  test("are two secrets at most, turned off before they go", async () => {
    const { applicationSSOPublicKeysApi: api } = sdk;
    const appId = await make("Secrets");
    const second = await api.createOAuth2ClientSecret({ appId });
    expect(second).toMatchObject({ status: "ACTIVE", client_secret: expect.any(String) });
    await expect(api.createOAuth2ClientSecret({ appId })).rejects.toMatchObject({ status: 400 });
    const [first] = await everything(await api.listOAuth2ClientSecrets({ appId }));
    const secretId = String(first?.id);
    expect(await api.deactivateOAuth2ClientSecret({ appId, secretId })).toMatchObject({ status: "INACTIVE" });
    await api.deleteOAuth2ClientSecret({ appId, secretId });
    expect(await everything(await api.listOAuth2ClientSecrets({ appId }))).toHaveLength(1);
  });

  test("are keys for one that signs", async () => {
    const { applicationSSOPublicKeysApi: api } = sdk;
    const [first, second] = [newSigner("first", "RSA"), newSigner("second", "RSA")];
    const application = service("Keys", { token_endpoint_auth_method: "private_key_jwt" });
    const keys = [{ kty: "RSA", kid: "first", e: String(first.jwk.e), n: String(first.jwk.n) }];
    Object.assign(application.settings.oauthClient ?? {}, { jwks: { keys } });
    const appId = String((await sdk.applicationApi.createApplication({ application })).id);
    const addJwkRequest = {
      kty: "RSA",
      kid: "second",
      e: String(second.jwk.e),
      n: String(second.jwk.n),
      use: "sig",
      alg: "RS256",
      status: "ACTIVE",
    } as const;
    const added = await api.addJwk({ appId, addJwkRequest });
    const keyId = String(added.id);
    expect((await api.listJwk({ appId })).keys?.map(({ kid }) => kid)).toEqual(["first", "second"]);
    await api.deactivateOAuth2ClientJsonWebKey({ appId, keyId });
    expect((await api.getJwk({ appId, keyId })).status).toBe("INACTIVE");
    await api.deletejwk({ appId, keyId });
    expect((await api.listJwk({ appId })).keys).toHaveLength(1);
  });
});

test("scopes of Okta's API are granted to an application and taken away", async () => {
  const { applicationApi } = sdk;
  const appId = await make("Grants");
  const grant = await applicationApi.grantConsentToScope({
    appId,
    oAuth2ScopeConsentGrant: { issuer: org.tenant.origin, scopeId: "okta.users.read" },
  });
  const grantId = String(grant.id);
  expect(await applicationApi.getScopeConsentGrant({ appId, grantId })).toMatchObject({
    status: "ACTIVE",
    scopeId: "okta.users.read",
    clientId: appId,
  });
  expect(await everything(await applicationApi.listScopeConsentGrants({ appId }))).toHaveLength(1);
  await applicationApi.revokeScopeConsentGrant({ appId, grantId });
  expect(await everything(await applicationApi.listScopeConsentGrants({ appId }))).toEqual([]);
});

test("groups are made, found, given to an application and removed, with people in them", async () => {
  const { applicationApi, groupApi, userApi } = sdk;
  const appId = await make("Assignments");
  const groups: string[] = [];
  for (const name of ["Writers", "Readers", "Owners"]) {
    const group = await groupApi.createGroup({ group: { profile: { name, description: name } } });
    groups.push(String(group.id));
    await applicationApi.assignGroupToApplication({ appId, groupId: String(group.id) });
  }
  const assigned = await everything(
    await applicationApi.listApplicationGroupAssignments({ appId, limit: 20 }),
  );
  expect(assigned.map(({ id }) => id)).toEqual(groups);
  const [groupId = "", other = ""] = groups;
  await applicationApi.unassignApplicationFromGroup({ appId, groupId: other });
  await expect(applicationApi.getApplicationGroupAssignment({ appId, groupId: other })).rejects.toMatchObject(
    {
      status: 404,
    },
  );
  const replaced = await groupApi.replaceGroup({ groupId, group: { profile: { name: "Editors" } } });
  expect(replaced.profile).toMatchObject({ name: "Editors" });
  const user = await userApi.createUser({
    body: {
      profile: { firstName: "Ada", lastName: "Lovelace", login: "ada@example.com", email: "ada@example.com" },
    },
  });
  const userId = String(user.id);
  await groupApi.assignUserToGroup({ groupId, userId });
  expect((await everything(await groupApi.listGroupUsers({ groupId }))).map(({ id }) => id)).toEqual([
    userId,
  ]);
  const own = await everything(await userApi.listUserGroups({ userId }));
  expect(own.map(({ profile }) => profile?.name)).toEqual(["Everyone", "Editors"]);
  await groupApi.unassignUserFromGroup({ groupId, userId });
  await groupApi.deleteGroup({ groupId });
  const named = await everything(await groupApi.listGroups({ search: 'profile.name eq "Editors"' }));
  expect(named).toEqual([]);
});

test("people are read one by one, by login, as oneself, and all of them", async () => {
  const { userApi } = sdk;
  const me = await userApi.getUser({ userId: "me" });
  expect(me.profile?.login).toBe("admin@example.com");
  expect((await userApi.getUser({ userId: "admin@example.com" })).id).toBe(me.id);
  const all = await everything(await userApi.listUsers({ limit: 1 }));
  expect(all.map(({ id }) => id)).toContain(me.id);
  const grace = await everything(await userApi.listUsers({ search: 'profile.lastName eq "Hopper"' }));
  expect(grace).toEqual([]);
});

test("the org's settings and what anybody may know of it are read", async () => {
  expect(await sdk.orgSettingApi.getOrgSettings()).toMatchObject({
    status: "ACTIVE",
    companyName: "Local org",
  });
  expect(await sdk.orgSettingApi.getWellknownOrgMetadata()).toMatchObject({ pipeline: "idx" });
});
