/** What `Pulumi.local.yaml` declares, built in the tenants by somebody with the vendors' own SDKs. */
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the SDK's types are classes; as its own documentation does, these tests give it plain objects */
import { readFileSync } from "node:fs";
import type okta from "@okta/okta-sdk-nodejs";
import { trustAlso } from "@ai-api-access/tenant-clients";
import { ManagementClient } from "auth0";
import { z } from "zod";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";

const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";
const AUDIENCE = "https://ai.example.com";
const LABEL = "AI Service OAuth App";
const SCOPES = [
  { name: "ai:read", description: "Ask the AI" },
  { name: "ai:write", description: "Teach the AI" },
];

export interface BuiltByHand {
  readonly organization: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly app: string;
  readonly clientSecret: string;
}

export async function buildByHand(access: TenantAccess): Promise<BuiltByHand> {
  return { ...(await buildAuth0(access)), ...(await buildOkta(access)) };
}

/** The official SDK's client of the Auth0 tenant. */
export function auth0Sdk({
  auth0: { domain, clientId, clientSecret },
  caFile,
}: TenantAccess): ManagementClient {
  trustAlso(readFileSync(caFile, "utf8"));
  return new ManagementClient({ domain, clientId, clientSecret });
}

async function oktaSdk({ okta: { origin, apiToken } }: TenantAccess) {
  // It is large, and most tests want the other one alone.
  const { default: sdk } = await import("@okta/okta-sdk-nodejs");
  return new sdk.Client({ orgUrl: origin, token: apiToken });
}

async function buildAuth0(access: TenantAccess) {
  const client = auth0Sdk(access);
  const organization = String(
    (
      await client.organizations.create({
        name: "my-awesome-company",
        display_name: "My Awesome Company",
        branding: {
          logo_url: "https://example.com/logo.png",
          colors: { primary: "#0000FF", page_background: "#FFFFFF" },
        },
        metadata: { plan: "pro" },
      })
    ).id,
  );
  const { data: connections } = await client.connections.list({ name: "Username-Password-Authentication" });
  const connection = String(connections[0]?.id);
  await client.organizations.enabledConnections.add(organization, {
    connection_id: connection,
    assign_membership_on_login: false,
    is_signup_enabled: false,
  });
  const console_ = await client.clients.create({
    name: "AI Console",
    app_type: "regular_web",
    callbacks: ["http://localhost:3000/callback"],
    allowed_logout_urls: ["http://localhost:3000"],
    grant_types: ["authorization_code"],
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    organization_usage: "require",
    organization_require_behavior: "pre_login_prompt",
  });
  await client.connections.clients.update(connection, [
    { client_id: String(console_.client_id), status: true },
  ]);
  await client.resourceServers.create({
    identifier: AUDIENCE,
    name: "AI API",
    signing_alg: "RS256",
    enforce_policies: true,
    token_dialect: "access_token_authz",
    scopes: SCOPES.map(({ name, description }) => ({ value: name, description })),
    subject_type_authorization: {
      user: { policy: "require_client_grant" },
      client: { policy: "require_client_grant" },
    },
    proof_of_possession: { mechanism: "dpop", required: false },
  });
  await client.clientGrants.create({
    client_id: String(console_.client_id),
    audience: AUDIENCE,
    scope: SCOPES.map(({ name }) => name),
    subject_type: "user",
  });
  const role = async (name: string, description: string, permissions: readonly string[]): Promise<string> => {
    const id = String((await client.roles.create({ name, description })).id);
    await client.roles.permissions.add(id, {
      permissions: permissions.map((permission) => ({
        resource_server_identifier: AUDIENCE,
        permission_name: permission,
      })),
    });
    return id;
  };
  const roles = {
    "ai-reader": await role("ai-reader", "May ask the AI", ["ai:read"]),
    "ai-editor": await role("ai-editor", "May ask and teach the AI", ["ai:read", "ai:write"]),
  };
  await client.organizations.members.create(organization, { members: [ADA, GRACE] });
  await client.organizations.members.roles.assign(organization, ADA, { roles: [roles["ai-editor"]] });
  await client.organizations.members.roles.assign(organization, GRACE, { roles: [roles["ai-reader"]] });
  return { organization, roles };
}

async function buildOkta(access: TenantAccess) {
  const { applicationApi, authorizationServerApi: servers } = await oktaSdk(access);
  const app = await applicationApi.createApplication({ application: SERVICE });
  const clientId = String(app.id);
  const server = await servers.createAuthorizationServer({
    authorizationServer: {
      name: "AI API",
      description: "AI API",
      audiences: [AUDIENCE],
      issuerMode: "ORG_URL",
    },
  });
  const authServerId = String(server.id);
  for (const scope of SCOPES) {
    await servers.createOAuth2Scope({
      authServerId,
      oAuth2Scope: { ...scope, consent: "IMPLICIT", metadataPublish: "NO_CLIENTS" },
    });
  }
  const policy = await servers.createAuthorizationServerPolicy({
    authServerId,
    policy: {
      type: "OAUTH_AUTHORIZATION_POLICY",
      name: LABEL,
      description: `Only the app "${LABEL}"`,
      priority: 1,
      status: "ACTIVE",
      conditions: { clients: { include: [clientId] } },
    },
  });
  await servers.createAuthorizationServerPolicyRule({
    authServerId,
    policyId: String(policy.id),
    policyRule: {
      type: "RESOURCE_ACCESS",
      name: "client credentials",
      priority: 1,
      conditions: {
        people: { groups: { include: ["EVERYONE"] } },
        grantTypes: { include: ["client_credentials"] },
        scopes: { include: SCOPES.map(({ name }) => name) },
      },
      actions: { token: { accessTokenLifetimeMinutes: 60 } },
    },
  });
  const { credentials } = withSecret.parse(app);
  return { app: clientId, clientSecret: credentials.oauthClient.client_secret };
}

/** Only the answer to a creation has the secret. */
const withSecret = z.looseObject({
  credentials: z.object({ oauthClient: z.object({ client_secret: z.string() }) }),
});

const SERVICE: okta.OpenIdConnectApplication = {
  name: "oidc_client",
  label: LABEL,
  signOnMode: "OPENID_CONNECT",
  credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post" } },
  settings: {
    oauthClient: {
      application_type: "service",
      grant_types: ["client_credentials"],
      response_types: ["token"],
      redirect_uris: ["https://example.com/oauth/callback"],
      post_logout_redirect_uris: ["https://example.com/"],
    },
  },
};
