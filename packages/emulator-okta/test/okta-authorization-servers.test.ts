/** Okta's own SDK builds an authorization server on the local org, and takes it down again. */
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK's types are classes; as its own documentation does, these tests give it plain objects */
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type okta from "@okta/okta-sdk-nodejs";
import { everything, sdkWithToken, type OktaSdk } from "@ai-api-access/testing/okta-sdk.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const org = TestOrg.use();
let sdk: OktaSdk;
let authServerId: string;
beforeAll(() => {
  sdk = sdkWithToken(org);
});
beforeEach(async () => {
  authServerId = String((await create("ai")).id);
});

const create = (name: string) =>
  sdk.authorizationServerApi.createAuthorizationServer({
    authorizationServer: { name, description: "AI API", audiences: ["https://ai.example.com"] },
  });

test("a server is made, read, listed to the end, replaced, turned off and on, and removed", async () => {
  const { authorizationServerApi: api } = sdk;
  expect(await api.getAuthorizationServer({ authServerId })).toMatchObject({
    name: "ai",
    issuer: `${org.tenant.origin}/oauth2/${authServerId}`,
    status: "ACTIVE",
    created: expect.any(Date),
  });
  for (const name of ["list 1", "list 2", "list 3"]) await create(name);
  const found = await everything(await api.listAuthorizationServers({ q: "list", limit: 1 }));
  expect(found.map(({ name }) => name)).toEqual(["list 1", "list 2", "list 3"]);
  const authorizationServer = { name: "ai 2", description: "", audiences: ["api://ai"] };
  expect((await api.replaceAuthorizationServer({ authServerId, authorizationServer })).audiences).toEqual([
    "api://ai",
  ]);
  await api.deactivateAuthorizationServer({ authServerId });
  expect((await api.getAuthorizationServer({ authServerId })).status).toBe("INACTIVE");
  await api.activateAuthorizationServer({ authServerId });
  await api.deactivateAuthorizationServer({ authServerId });
  await api.deleteAuthorizationServer({ authServerId });
  await expect(api.getAuthorizationServer({ authServerId })).rejects.toMatchObject({
    status: 404,
    errorCode: "E0000007",
  });
});

test("scopes are made, read, listed, replaced and removed, and a taken name is refused", async () => {
  const { authorizationServerApi: api } = sdk;
  const oAuth2Scope = { name: "ai:read", displayName: "Read", consent: "IMPLICIT" } as const;
  const { id } = await api.createOAuth2Scope({ authServerId, oAuth2Scope });
  const scopeId = String(id);
  await expect(api.createOAuth2Scope({ authServerId, oAuth2Scope })).rejects.toMatchObject({
    status: 400,
    errorCode: "E0000001",
  });
  const changed = { ...oAuth2Scope, metadataPublish: "ALL_CLIENTS" } as const;
  await api.replaceOAuth2Scope({ authServerId, scopeId, oAuth2Scope: changed });
  expect(await api.getOAuth2Scope({ authServerId, scopeId })).toMatchObject(changed);
  const scopes = await everything(await api.listOAuth2Scopes({ authServerId, limit: 3 }));
  expect(scopes.map(({ name }) => name).join(" ")).toBe(
    "openid profile email address phone offline_access device_sso ai:read",
  );
  await api.deleteOAuth2Scope({ authServerId, scopeId });
  expect(await everything(await api.listOAuth2Scopes({ authServerId }))).toHaveLength(7);
});

test("claims are made, read, listed, replaced and removed", async () => {
  const { authorizationServerApi: api } = sdk;
  const oAuth2Claim = {
    name: "team",
    claimType: "RESOURCE",
    valueType: "EXPRESSION",
    value: '"ai"',
  } as const;
  const claimId = String((await api.createOAuth2Claim({ authServerId, oAuth2Claim })).id);
  await api.replaceOAuth2Claim({ authServerId, claimId, oAuth2Claim: { ...oAuth2Claim, value: '"b"' } });
  expect(await api.getOAuth2Claim({ authServerId, claimId })).toMatchObject({ name: "team", value: '"b"' });
  expect(await everything(await api.listOAuth2Claims({ authServerId }))).toHaveLength(20);
  await api.deleteOAuth2Claim({ authServerId, claimId });
  await expect(api.getOAuth2Claim({ authServerId, claimId })).rejects.toMatchObject({ status: 404 });
});

describe("policies and their rules", () => {
  const policy = (name: string, client = "ALL_CLIENTS"): okta.AuthorizationServerPolicy => ({
    type: "OAUTH_AUTHORIZATION_POLICY",
    name,
    description: name,
    priority: 1,
    status: "ACTIVE",
    conditions: { clients: { include: [client] } },
  });
  const rule = (name: string): okta.AuthorizationServerPolicyRuleRequest => ({
    type: "RESOURCE_ACCESS",
    name,
    priority: 1,
    conditions: {
      people: { groups: { include: ["EVERYONE"] } },
      grantTypes: { include: ["client_credentials"] },
      scopes: { include: ["*"] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60 } },
  });

  test("are made, read, listed in their order, replaced, turned off and on, and removed", async () => {
    const { authorizationServerApi: api } = sdk;
    const first = await api.createAuthorizationServerPolicy({ authServerId, policy: policy("first") });
    await api.createAuthorizationServerPolicy({ authServerId, policy: policy("second") });
    const listed = await everything(await api.listAuthorizationServerPolicies({ authServerId }));
    expect(listed.map(({ name, priority }) => [name, priority])).toEqual([
      ["second", 1],
      ["first", 2],
    ]);
    const policyId = String(first.id);
    await api.replaceAuthorizationServerPolicy({ authServerId, policyId, policy: policy("renamed") });
    await api.deactivateAuthorizationServerPolicy({ authServerId, policyId });
    expect(await api.getAuthorizationServerPolicy({ authServerId, policyId })).toMatchObject({
      name: "renamed",
      status: "INACTIVE",
    });
    await api.activateAuthorizationServerPolicy({ authServerId, policyId });

    const made = await api.createAuthorizationServerPolicyRule({
      authServerId,
      policyId,
      policyRule: rule("a"),
    });
    const ruleId = String(made.id);
    const replaced = { authServerId, policyId, ruleId, policyRule: rule("b") };
    expect(await api.replaceAuthorizationServerPolicyRule(replaced)).toMatchObject({ name: "b" });
    await api.deactivateAuthorizationServerPolicyRule({ authServerId, policyId, ruleId });
    expect(await api.getAuthorizationServerPolicyRule({ authServerId, policyId, ruleId })).toMatchObject({
      status: "INACTIVE",
      actions: { token: { accessTokenLifetimeMinutes: 60, refreshTokenWindowMinutes: 10_080 } },
    });
    await api.activateAuthorizationServerPolicyRule({ authServerId, policyId, ruleId });
    await api.deleteAuthorizationServerPolicyRule({ authServerId, policyId, ruleId });
    expect(
      await everything(await api.listAuthorizationServerPolicyRules({ authServerId, policyId })),
    ).toEqual([]);
    await api.deleteAuthorizationServerPolicy({ authServerId, policyId });
    expect(await everything(await api.listAuthorizationServerPolicies({ authServerId }))).toHaveLength(1);
  });

  test("are refused with everything that is wrong in them", async () => {
    const refused = sdk.authorizationServerApi.createAuthorizationServerPolicy({
      authServerId,
      policy: policy("wrong", "0oaNobody"),
    });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      errorCode: "E0000001",
      errorCauses: [{ errorSummary: expect.stringContaining("0oaNobody") }],
    });
  });
});

test("keys are listed, read and rotated", async () => {
  const { authorizationServerApi: api } = sdk;
  const before = await everything(await api.listAuthorizationServerKeys({ authServerId }));
  expect(before.map(({ status }) => status)).toEqual(["ACTIVE", "NEXT"]);
  const rotated = await everything(
    await api.rotateAuthorizationServerKeys({ authServerId, use: { use: "sig" } }),
  );
  expect(rotated.map(({ status, kid }) => [status, kid])).toEqual([
    ["ACTIVE", before[1]?.kid],
    ["NEXT", expect.any(String)],
    ["EXPIRED", before[0]?.kid],
  ]);
  const keyId = String(before[0]?.kid);
  expect(await api.getAuthorizationServerKey({ authServerId, keyId })).toMatchObject({ status: "EXPIRED" });
});
