/** What is left out of the configuration means, in the tenants, what docs/configuration.md says. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { readLocalStack } from "@ai-api-access/local/project.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

const section = z.record(z.string(), z.unknown());
const local = (key: string) => section.parse(readLocalStack().config[`ai-api-access:${key}`]);
const people = z.array(z.object({ user_id: z.string() }));
const [ADA, GRACE, ALAN] = ["a1", "a2", "a3"].map((end) => `auth0|64f0000000000000000000${end}`);
const thing = z.looseObject({ id: z.string().optional() });

const LOGIN_URI = "https://console.example.com/login";

/** The optional keys that go together with an own connection, a secret and applications without an organization. */
const EVERYTHING = {
  "ai-api-access:organization": local("organization"),
  "ai-api-access:organization.connections": [
    {
      ...{ database: "users", deleteWithStack: true },
      ...{ passwordPolicy: "excellent", passwordHistory: 3 },
      ...{ passwordDictionary: false, passwordNoPersonalInfo: false, isSignupEnabled: true },
    },
  ],
  "ai-api-access:loginApp": {
    ...local("loginApp"),
    organizationUsage: "allow",
    initiateLoginUri: LOGIN_URI,
    requirePushedAuthorizationRequests: true,
    refreshTokenLifetimeSeconds: 7200,
    refreshTokenIdleLifetimeSeconds: 3600,
  },
  "ai-api-access:api": {
    ...local("api"),
    tokenLifetimeSeconds: 600,
    offlineAccess: true,
    accessPolicy: "allow_all",
  },
  "ai-api-access:serviceApp": {
    ...local("serviceApp"),
    accessTokenLifetimeMinutes: 5,
    authorizationServer: { description: "For machines" },
  },
};

const { name, displayName } = local("organization");
const { name: console_, callbacks } = local("loginApp");
const { identifier, name: apiName } = local("api");
const LEFT_OUT = {
  "ai-api-access:organization": { name, displayName },
  "ai-api-access:organization.connections": [{ database: "users", deleteWithStack: true }],
  "ai-api-access:loginApp": { name: console_, callbacks },
  "ai-api-access:api": {
    ...{ identifier, name: apiName },
    permissions: [{ name: "ai:read" }, { name: "ai:write" }],
  },
  "ai-api-access:roles": [
    { name: "ai-reader", permissions: ["ai:read"] },
    { name: "ai-editor", permissions: ["ai:read", "ai:write"] },
  ],
  "ai-api-access:organization.members": [],
  "ai-api-access:serviceApp": { scopes: [{ name: "ai:read" }, { name: "ai:write" }] },
};

/** What the tenants have of the stack. */
async function held() {
  const outputs = await (await twin.open()).stack.outputs();
  const text = (output: string) => String(outputs[output]?.value);
  const auth0 = (path: string) => twin.read("auth0", path, thing);
  const server = text("oktaIssuer").split("/").at(-1) ?? "";
  const rules = z.tuple([z.looseObject({ id: z.string() })]);
  const [policy] = await twin.read("okta", `/authorizationServers/${server}/policies`, rules);
  const [rule] = await twin.read(
    "okta",
    `/authorizationServers/${server}/policies/${policy.id}/rules`,
    rules,
  );
  const organization = text("organizationId");
  return {
    organization: await auth0(`/organizations/${organization}`),
    members: (await twin.read("auth0", `/organizations/${organization}/members`, people))
      .map(({ user_id }) => user_id)
      .sort(),
    organizationDomain: text("organizationDomain"),
    link: await auth0(`/organizations/${organization}/connections/${text("connectionId")}`),
    connection: await auth0(`/connections/${text("connectionId")}`),
    client: await auth0(`/clients/${text("auth0ClientId")}`),
    api: await auth0(`/resource-servers/${encodeURIComponent(String(identifier))}`),
    role: await auth0(
      `/roles/${String(z.record(z.string(), z.string()).parse(outputs.roleIds?.value)["ai-reader"])}`,
    ),
    app: await twin.read("okta", `/apps/${text("clientId")}`, thing),
    server: await twin.read("okta", `/authorizationServers/${server}`, thing),
    rule,
  };
}

test("with everything optional set, the tenants have it; with all of it removed, the defaults", async () => {
  await twin.run("up", EVERYTHING);
  expect(await held()).toMatchObject({
    connection: { options: { passwordPolicy: "excellent", disable_signup: false } },
    link: { is_signup_enabled: true },
    client: {
      organization_usage: "allow",
      initiate_login_uri: LOGIN_URI,
      require_pushed_authorization_requests: true,
      grant_types: ["authorization_code", "refresh_token"],
      refresh_token: {
        rotation_type: "rotating",
        token_lifetime: 7200,
        idle_token_lifetime: 3600,
        infinite_token_lifetime: false,
      },
    },
    api: {
      token_lifetime: 600,
      token_lifetime_for_web: 600,
      allow_offline_access: true,
      subject_type_authorization: { user: { policy: "allow_all" } },
    },
    role: { description: "May ask the AI" },
    server: { description: "For machines" },
    rule: { actions: { token: { accessTokenLifetimeMinutes: 5 } } },
    members: [ADA, GRACE],
  });

  await twin.run("up", LEFT_OUT);
  const now = await held();
  expect(now).toMatchObject({
    connection: {
      options: {
        passwordPolicy: "good",
        password_history: { enable: true, size: 5 },
        password_dictionary: { enable: true },
        password_no_personal_info: { enable: true },
        disable_signup: true,
      },
    },
    link: { is_signup_enabled: false, assign_membership_on_login: true },
    client: {
      app_type: "regular_web",
      allowed_logout_urls: [],
      organization_usage: "require",
      organization_require_behavior: "pre_login_prompt",
      require_pushed_authorization_requests: false,
      grant_types: ["authorization_code"],
      // Nothing is sent of it, and Auth0 keeps what it has; so with branding and metadata below.
      initiate_login_uri: LOGIN_URI,
    },
    api: {
      token_lifetime: 86_400,
      token_lifetime_for_web: 7200,
      allow_offline_access: false,
      subject_type_authorization: { user: { policy: "require_client_grant" } },
      scopes: [{ value: "ai:read" }, { value: "ai:write" }],
    },
    role: { description: "ai-reader" },
    app: {
      label: "AI Service OAuth App",
      settings: { oauthClient: { redirect_uris: [] } },
    },
    server: { description: apiName },
    rule: { actions: { token: { accessTokenLifetimeMinutes: 60 } } },
    members: [],
    organization: { branding: { logo_url: "https://example.com/logo.png" }, metadata: { plan: "pro" } },
  });
  expect(JSON.stringify(now.app)).not.toContain("https://example.com");
  expect((await twin.run("preview", LEFT_OUT)).changes).not.toHaveProperty("update");
});

test("the keys of an enterprise connection, of a custom domain and of a roster, set and removed", async () => {
  await twin.byHand("auth0", "POST", "/connections", { name: "corporate", strategy: "samlp", options: {} });
  const membersFile = join(twin.home.folder, "members.csv");
  writeFileSync(membersFile, `user\n${ADA}\n${GRACE}\n`);
  const connection = { existing: "corporate" };
  const withFile = { ...LEFT_OUT, "ai-api-access:organization.membersFile": membersFile };
  const alanJoins = async () => {
    const { organization } = await held();
    await twin.byHand("auth0", "POST", `/organizations/${organization.id}/members`, { members: [ALAN] });
  };

  await alanJoins();
  await twin.run("up", {
    ...withFile,
    "ai-api-access:organization.connections": [{ ...connection, showAsButton: false }],
    "ai-api-access:customDomain": "login.example.com",
    "ai-api-access:organization.roster": {
      mode: "authoritative",
      removeAtMostPercent: 0,
      consentToRemove: 1,
    },
  });
  expect(await held()).toMatchObject({
    link: { show_as_button: false },
    organizationDomain: "login.example.com",
    members: [ADA, GRACE],
  });

  await alanJoins();
  await twin.run(
    "up",
    { ...withFile, "ai-api-access:organization.connections": [connection] },
    { refresh: true },
  );
  expect(await held()).toMatchObject({
    // Nothing is sent of it, and Auth0 keeps what it has.
    link: { show_as_button: false },
    organizationDomain: twin.tenants.access.auth0.domain,
    members: [ADA, GRACE, ALAN],
  });
});

test("an MCP server and an application of somebody else's, set and removed", async () => {
  let clientName = "Assistant";
  const served = createServer((request, response) => {
    const client = { client_id: document, client_name: clientName, application_type: "native" };
    const code = { redirect_uris: ["http://127.0.0.1/callback"], grant_types: ["authorization_code"] };
    response.end(request.url === "/client.json" ? JSON.stringify({ ...client, ...code }) : "");
  });
  await new Promise<void>((resolve) => served.listen(0, "127.0.0.1", resolve));
  const document = `http://localhost:${String(z.object({ port: z.number() }).parse(served.address()).port)}/client.json`;
  const api = "https://ai.example.com/mcp";
  const assistant = { name: "assistant", document, permissions: ["ai:read", "ai:write"] };
  const withMcp = {
    ...LEFT_OUT,
    "ai-api-access:organization.thirdPartyClientAccess": "allow",
    "ai-api-access:api": {
      ...LEFT_OUT["ai-api-access:api"],
      ...{ identifier: api, mcp: true, thirdPartyPermissions: ["ai:read"] },
    },
    "ai-api-access:clients": [assistant],
  };
  const registered = () =>
    twin.read("auth0", `/clients?external_client_id=${encodeURIComponent(document)}`, z.array(thing));
  const grants = () =>
    twin.read(
      "auth0",
      `/client-grants?audience=${encodeURIComponent(api)}&subject_type=user`,
      z.array(thing),
    );
  try {
    await twin.byHand("auth0", "PATCH", "/tenants/settings", { client_id_metadata_document_supported: true });
    await twin.run("up", withMcp);
    expect(await registered()).toMatchObject([
      { name: "Assistant", third_party_security_mode: "strict", organization_usage: "require" },
    ]);
    expect((await grants()).map(({ default_for: by, scope }) => [by, scope])).toEqual(
      expect.arrayContaining([
        ["third_party_clients", ["ai:read"]],
        [undefined, ["ai:read", "ai:write"]],
      ]),
    );
    expect(await twin.read("auth0", `/resource-servers/${encodeURIComponent(api)}`, thing)).toMatchObject({
      token_dialect: "rfc9068_profile_authz",
    });
    expect(await twin.read("auth0", "/connections?name=users", z.array(thing))).toMatchObject([
      { is_domain_connection: true },
    ]);
    expect(Object.keys((await twin.run("refresh", withMcp)).changes)).toEqual(["same"]);
    expect(Object.keys((await twin.run("preview", withMcp)).changes)).toEqual(["same"]);

    clientName = "Helper";
    twin.clearRequests();
    await twin.run("up", { ...withMcp, "ai-api-access:clients": [{ ...assistant, documentVersion: 2 }] });
    const cimd = "POST /api/v2/clients/cimd";
    expect(twin.writes()).toEqual([`${cimd}/register`, `${cimd}/preview`]);
    expect(await registered()).toMatchObject([{ name: "Helper" }]);

    await twin.run("up", LEFT_OUT);
    expect(await registered()).toEqual([]);
    expect(await grants()).toEqual([]);
    expect((await held()).api).toMatchObject({ token_dialect: "access_token_authz" });
  } finally {
    served.close();
    served.closeAllConnections();
  }
});
