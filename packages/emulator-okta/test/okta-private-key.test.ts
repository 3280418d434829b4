/** Okta's own SDK signs in to the local org with a private key: it may do what was granted to it, and no more. */
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK's types are classes; as its own documentation does, these tests give it plain objects */
import { beforeAll, expect, test } from "@jest/globals";
import { addClient, addSigningClient, newSigner, type Client } from "@ai-api-access/testing/okta-oauth.ts";
import { everything, sdkWithKey, sdkWithToken, type OktaSdk } from "@ai-api-access/testing/okta-sdk.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const granted = ["okta.apps.read", "okta.authorizationServers.manage", "okta.groups.read"];

// The SDK also signs a proof, which it can do only with RSA keys (8.1.0).
const signer = newSigner("ours", "RSA");

const org = TestOrg.use();
let client: Client;
let sdk: OktaSdk;
beforeAll(async () => {
  client = await addSigningClient(org, signer);
  const { applicationApi } = sdkWithToken(org);
  for (const scopeId of granted) {
    await applicationApi.grantConsentToScope({
      appId: client.id,
      oAuth2ScopeConsentGrant: { issuer: org.tenant.origin, scopeId },
    });
  }
  sdk = sdkWithKey(org, client, signer, granted);
});

test("a client reads and manages what it was granted, with one token for all of it", async () => {
  const apps = await everything(await sdk.applicationApi.listApplications({ limit: 1 }));
  expect(apps.map(({ id }) => id)).toContain(client.id);
  const server = await sdk.authorizationServerApi.createAuthorizationServer({
    authorizationServer: { name: "by a client", description: "", audiences: ["api://ai"] },
  });
  expect(server.status).toBe("ACTIVE");
  const groups = await everything(await sdk.groupApi.listGroups());
  expect(groups.map(({ profile }) => profile?.name)).toContain("Everyone");
  expect(org.tenant.requests().filter(({ path }) => path === "/oauth2/v1/token")).toHaveLength(1);
});

test("a client that has to prove its key (DPoP) gets a bound token, and is believed with it", async () => {
  const bound = await addClient(org, {
    credentials: { token_endpoint_auth_method: "private_key_jwt" },
    oauthClient: { jwks: { keys: [signer.jwk] }, dpop_bound_access_tokens: true },
  });
  const [scopeId = ""] = granted;
  await sdkWithToken(org).applicationApi.grantConsentToScope({
    appId: bound.id,
    oAuth2ScopeConsentGrant: { issuer: org.tenant.origin, scopeId },
  });
  const { applicationApi } = sdkWithKey(org, bound, signer, [scopeId]);
  expect((await applicationApi.getApplication({ appId: bound.id })).id).toBe(bound.id);
});

test("what was not granted is refused with 403", async () => {
  const refused = sdk.groupApi.createGroup({ group: { profile: { name: "Nobody's" } } });
  await expect(refused).rejects.toMatchObject({ status: 403 });
  expect(org.tenant.requests().at(-1)).toMatchObject({ method: "POST", path: "/api/v1/groups", status: 403 });
});

test("a client that only asks for what was not granted gets no token", async () => {
  const other = sdkWithKey(org, client, signer, ["okta.users.read"]);
  await expect(other.userApi.getUser({ userId: "me" })).rejects.toMatchObject({ status: 401 });
  expect(org.tenant.requests()).toContainEqual(
    expect.objectContaining({ path: "/oauth2/v1/token", status: 400 }),
  );
});

test("a client that is turned off is refused at once, token or not", async () => {
  const { applicationApi } = sdkWithToken(org);
  await applicationApi.deactivateApplication({ appId: client.id });
  await expect(sdk.groupApi.getGroup({ groupId: "00gAny" })).rejects.toMatchObject({ status: 401 });
});
