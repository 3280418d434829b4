import { alphanumeric, urlSafe } from "@ai-api-access/emulator-core";
import { appBody, withBody } from "./apps/body.ts";
import type { AppRecord } from "./apps/record.ts";
import { addSigningKeys, newKid, signingSince } from "./authorization-servers/keys.ts";
import { addServer } from "./authorization-servers/seed.ts";
import type { OktaContext } from "./context.ts";
import { newId } from "./ids.ts";
import type { OrgRecord } from "./org/record.ts";
import { addPeople } from "./people.ts";

/** Okta's own applications in every org, by name; each has a policy that is called as its label. */
const SYSTEM_APPS = {
  saasure: "Okta Admin Console",
  okta_enduser: "Okta Dashboard",
  okta_browser_plugin: "Okta Browser Plugin",
};

/**
 * Fills an empty org with what a new Okta org has: an administrator and their API token, people who
 * can sign in, two groups, the
 * authentication policies, Okta's own applications, and the authorization server `default`.
 */
export function seedOrg(context: OktaContext): void {
  const now = context.now();
  const org: OrgRecord = {
    id: newId("org"),
    created: now,
    lastUpdated: now,
    companyName: "Local org",
    subdomain: "localhost",
    cell: "op3",
    pipeline: "idx",
    settings: {
      analyticsCollectionEnabled: false,
      bugReportingEnabled: true,
      omEnabled: false,
      pssoEnabled: false,
      desktopMFAEnabled: false,
      itpEnabled: false,
    },
    features: {
      apiAccessManagement: true,
      groupOwners: true,
      participateSlo: true,
      realms: true,
      resetFactors: true,
    },
    apiToken: `00${urlSafe(40)}`,
    adminUserId: newId("user"),
    userTypeId: newId("userType"),
    userSchemaId: newId("userSchema"),
    signingKid: newKid(),
    defaultAccessPolicyId: newId("signOnPolicy"),
    profileEnrollmentPolicyId: newId("signOnPolicy"),
  };
  context.data.orgs.insert(org);
  addSigningKeys(context.data, org.id, org.signingKid);
  addAdministrator(context, org);
  addPeople(context);
  addGroups(context);
  addAccessPolicies(context, org);
  addDefaultServer(context);
}

function addAdministrator({ data }: OktaContext, { adminUserId, userTypeId, created }: OrgRecord): void {
  data.users.insert({
    id: adminUserId,
    status: "ACTIVE",
    created,
    activated: created,
    statusChanged: created,
    lastLogin: null,
    lastUpdated: created,
    passwordChanged: created,
    typeId: userTypeId,
    profile: {
      firstName: "Local",
      lastName: "Administrator",
      mobilePhone: null,
      secondEmail: null,
      login: "admin@example.com",
      email: "admin@example.com",
    },
  });
}

function addGroups({ data, now }: OktaContext): void {
  const times = { created: now(), lastUpdated: now(), lastMembershipUpdated: now() };
  const builtIn = [
    { name: "Everyone", description: "All users in your organization" },
    {
      name: "Okta Administrators",
      description: "Okta manages this group, which contains all administrators in your organization.",
    },
  ];
  for (const profile of builtIn)
    data.groups.insert({ id: newId("group"), ...times, type: "BUILT_IN", profile });
}

function addAccessPolicies({ data }: OktaContext, org: OrgRecord): void {
  const times = { created: org.created, lastUpdated: org.created };
  for (const [name, label] of Object.entries(SYSTEM_APPS)) {
    const policy = { id: newId("signOnPolicy"), name: label, system: false, ...times };
    data.accessPolicies.insert(policy);
    data.apps.insert(systemApp(name, label, policy.id, org.created));
  }
  data.accessPolicies.insert({
    id: org.defaultAccessPolicyId,
    name: "Any two factors",
    description: "Require two factors to access.",
    system: true,
    ...times,
  });
  data.accessPolicies.insert({
    id: newId("signOnPolicy"),
    name: "Okta Account Management Policy",
    description:
      "This policy defines how users must authenticate for authenticator enrollment, password reset, or unlock " +
      "account. Password policy rules control whether to enforce this policy for password reset and unlock account.",
    system: false,
    resourceType: "END_USER_ACCOUNT_MANAGEMENT",
    ...times,
  });
}

function systemApp(name: string, label: string, accessPolicyId: string, now: string): AppRecord {
  const client_id = `okta.${alphanumeric(8)}-${name}`;
  const body = appBody.parse({
    name,
    label,
    signOnMode: "OPENID_CONNECT",
    credentials: { oauthClient: { client_id, token_endpoint_auth_method: "none", pkce_required: true } },
    settings: {
      oauthClient: {
        response_types: ["code"],
        grant_types: ["authorization_code"],
        application_type: "browser",
        issuer_mode: "DYNAMIC",
      },
    },
  });
  const times = { created: now, lastUpdated: now };
  const idToken = { issuerMode: "DYNAMIC" };
  const app = withBody({ id: newId("app"), status: "ACTIVE", ...times, idToken, accessPolicyId }, body);
  return { ...app, system: true };
}

/** Okta docs, "Authorization servers": what the server `default` and its one policy and rule are. */
function addDefaultServer(context: OktaContext): void {
  const now = context.now();
  const server = addServer(context, {
    id: newId("authorizationServer"),
    name: "default",
    description: "Default Authorization Server for your Applications",
    audiences: ["api://default"],
    issuerMode: "DYNAMIC",
    status: "ACTIVE",
    created: now,
    lastUpdated: now,
    default: true,
    signing: signingSince(newKid(), "MANUAL", now),
  });
  const common = {
    serverId: server.id,
    status: "ACTIVE",
    priority: 1,
    created: now,
    lastUpdated: now,
  } as const;
  const policy = context.data.policies.insert({
    ...common,
    id: newId("policy"),
    name: "Default Policy",
    description: "Default policy",
    system: false,
    clients: ["ALL_CLIENTS"],
  });
  context.data.rules.insert({
    ...common,
    id: newId("rule"),
    policyId: policy.id,
    name: "Default Policy Rule",
    system: false,
    people: { users: { exclude: [] }, groups: { include: ["EVERYONE"] } },
    grantTypes: ["implicit", "client_credentials", "authorization_code", "password"],
    scopes: ["*"],
    token: {
      accessTokenLifetimeMinutes: 60,
      refreshTokenLifetimeMinutes: 0,
      refreshTokenWindowMinutes: 10_080,
    },
  });
}
