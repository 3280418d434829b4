import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, difference, failing, runProgram, valuesOf } from "./registrations.ts";

const local = await runProgram(sourceOf(localStack()), SEEDED);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ai-api-access-organizations-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  const shared = "connections: [{ existing: Username-Password-Authentication }]";
  file(
    "acme.yaml",
    `displayName: Acme\n${shared}\nmembers: [{ email: grace@example.com, roles: [ai-reader] }]\n`,
  );
  file("bolt.yaml", `displayName: Bolt\n${shared}\ndeleteWithStack: true\nrenamedFrom: bolt-inc\n`);
  file("cog.yaml", "displayName: Cog\nconnections: [{ database: cog-users }]\nwasOrganization: true\n");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const many = () =>
  runProgram(
    sourceOf(localStackWith({ organization: undefined, organizationsFolder: "." }), { folder }),
    SEEDED,
  );

test("many organizations share the API, its roles and the login application", async () => {
  const run = await many();
  const { gone, added } = difference(local, run);

  expect(gone.filter((name) => !/organization|members/i.test(name))).toEqual([]);
  expect(added.map(({ resource }) => resource.replace(/^.*:/, ""))).toEqual([
    "DatabaseConnection connection.cog-users",
    "OrganizationAccess acme.organization",
    "OrganizationAccess bolt.organization",
    "OrganizationAccess cog.organization",
    "OrganizationMembers acme.members",
    "Connection connection.cog-users",
    "ConnectionClient login-app.cog-users",
    "Organization acme.organization",
    "Organization bolt.organization",
    "Organization cog.organization",
    "OrganizationConnection acme.organization.Username-Password-Authentication",
    "OrganizationConnection bolt.organization.Username-Password-Authentication",
    "OrganizationConnection cog.organization.cog-users",
    "OrganizationMember acme.members-auth0|64f0000000000000000000a2",
    "OrganizationMemberRole acme.members-auth0|64f0000000000000000000a2-ai-reader",
    "Stash acme.members",
  ]);
  expect(run.calls).toHaveLength(2);
});

test("an organization is protected unless its file says that it may go", async () => {
  const { registrations } = await many();
  const protectedOnes = registrations
    .filter(({ protect }) => protect === true)
    .map(({ resource }) => resource);

  expect(protectedOnes).toEqual([
    "auth0:index/connection:Connection connection.cog-users",
    "auth0:index/organization:Organization acme.organization",
    "auth0:index/organization:Organization cog.organization",
  ]);
});

test("applications are given all organizations by name, and no only one", async () => {
  const { outputs } = await many();

  expect(await valuesOf(outputs)).toMatchObject({
    organizations: {
      acme: {
        organizationId: "id-of-acme.organization",
        connectionIds: { "Username-Password-Authentication": "con_premade" },
      },
      bolt: { organizationId: "id-of-bolt.organization" },
      cog: { connectionIds: { "cog-users": "id-of-connection.cog-users" } },
    },
    appConfig: {
      auth0: {
        organizations: {
          acme: "id-of-acme.organization",
          bolt: "id-of-bolt.organization",
          cog: "id-of-cog.organization",
        },
      },
    },
  });
  expect(outputs).not.toHaveProperty("organizationId");
  expect(outputs.appConfig.auth0).not.toHaveProperty("organizationId");
});

/** Options with a secret in them are one secret. */
const optionsOf = (run: Awaited<ReturnType<typeof runProgram>>, name: string) => {
  const found = run.registrations.find(
    ({ resource }) => resource === `auth0:index/connection:Connection connection.${name}`,
  );
  return secretSchema.parse(found?.inputs).options.value;
};
const secretSchema = z.object({ options: z.object({ value: z.looseObject({ clientSecret: z.string() }) }) });

const GROUP = { "okta:group/getGroup:getGroup": () => ({ id: "00g_people" }) };

test("sign-in at Okta is declared at both ends, and its secret is a secret", async () => {
  const changes = {
    "auth0:domain": "acme.us.auth0.com",
    "okta:orgName": "acme",
    "organization.connections": [{ okta: "acme-okta", displayName: "Acme", groups: ["AI people"] }],
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...GROUP });
  const of = (resource: string) => run.registrations.find((one) => one.resource === resource)?.inputs;

  expect(of("okta:app/oAuth:OAuth connection.acme-okta")).toMatchObject({
    type: "web",
    grantTypes: ["authorization_code"],
    pkceRequired: true,
    redirectUris: ["https://acme.us.auth0.com/login/callback"],
  });
  expect(of("okta:app/groupAssignment:GroupAssignment connection.acme-okta-AI people")).toEqual({
    appId: "id-of-connection.acme-okta",
    groupId: "00g_people",
  });
  expect(of("auth0:index/connection:Connection connection.acme-okta")).toMatchObject({
    strategy: "okta",
    displayName: "Acme",
  });
  expect(optionsOf(run, "acme-okta")).toMatchObject({
    domain: "acme.okta.com",
    clientId: "id-of-connection.acme-okta",
  });
});

test("connections to other providers take their secret from connectionSecrets", async () => {
  const changes = {
    "organization.connections": [
      { oidc: "acme-sso", issuer: "https://login.acme.example.com", clientId: "o1" },
      { google: "acme-google", clientId: "g1" },
      { strategy: "samlp", name: "acme-saml", options: { signInEndpoint: "https://saml.example.com" } },
    ],
    connectionSecrets: { "acme-sso": "sso-secret", "acme-google": "google-secret" },
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), SEEDED);
  expect(optionsOf(run, "acme-sso")).toMatchObject({
    type: "back_channel",
    issuer: "https://login.acme.example.com",
    discoveryUrl: "https://login.acme.example.com/.well-known/openid-configuration",
    clientId: "o1",
    clientSecret: "sso-secret",
  });
  expect(optionsOf(run, "acme-google")).toMatchObject({ clientId: "g1", clientSecret: "google-secret" });
  const inputs = (resource: string) => run.registrations.find((one) => one.resource === resource)?.inputs;
  expect(inputs("auth0:index/connection:Connection connection.acme-saml")).toMatchObject({
    options: { signInEndpoint: "https://saml.example.com" },
  });
  const linked = (name: string) =>
    inputs(`auth0:index/organizationConnection:OrganizationConnection organization.${name}`);
  // Anyone can have an account at Google.
  expect(linked("acme-google")).toMatchObject({ assignMembershipOnLogin: false });
  expect(linked("acme-sso")).toMatchObject({ assignMembershipOnLogin: true });
});

test("machines act for their organization alone, with a secret or with keys", async () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = String(publicKey.export({ type: "spki", format: "pem" }));
  const changes = {
    "organization.machines": [
      { name: "agent", permissions: ["ai:read"] },
      { name: "signer", permissions: ["ai:write"], publicKeys: [pem] },
      { existing: "client-of-another", permissions: ["ai:read"] },
    ],
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), SEEDED);
  const of = (resource: string) =>
    run.registrations.find((one) => one.resource.replace(/^.*:/, "").startsWith(resource));

  expect(of("ClientGrant machine.agent")?.inputs).toEqual({
    ...{ clientId: "id-of-machine.agent", audience: "https://ai.example.com", scopes: ["ai:read"] },
    ...{ subjectType: "client", organizationUsage: "require", allowAnyOrganization: false },
  });
  expect(of("OrganizationClientGrant machine.agent.my-awesome-company")?.inputs).toEqual({
    organizationId: "id-of-organization",
    grantId: "id-of-machine.agent",
  });
  expect(of("ClientCredentials machine.agent-credentials")?.inputs).toMatchObject({
    authenticationMethod: "client_secret_post",
  });
  expect(of("ClientCredentials machine.signer-credentials-")).toMatchObject({
    inputs: { authenticationMethod: "private_key_jwt", privateKeyJwt: { credentials: [{ pem }] } },
    ignoreChanges: ["privateKeyJwt"],
    retainOnDelete: true,
  });
  expect(of("Client machine.client-of-another")).toBeUndefined();
  expect(of("ClientGrant machine.client-of-another")?.inputs).toMatchObject({
    clientId: "client-of-another",
  });
  expect(Object.keys(run.outputs.machineClientIds ?? {})).toEqual(["agent", "signer", "client-of-another"]);
  expect(Object.keys(run.outputs.machineClientSecrets ?? {})).toEqual(["agent"]);
});

const EXISTING = {
  "auth0:index/getResourceServer:getResourceServer": () => ({
    id: "api",
    scopes: [{ name: "ai:read", description: "" }],
    allowOfflineAccess: false,
    proofOfPossessions: [{ required: true, requiredFor: "all_clients" }],
  }),
};

test("what exists is named, and only what ties it to the stack's own is declared", async () => {
  const changes = {
    api: { existing: "https://ai.example.com" },
    loginApp: { existing: "client-of-the-base" },
    roles: [],
    serviceApp: undefined,
    "organization.members": [],
    "organization.connections": [
      { existing: "Username-Password-Authentication" },
      { database: "acme-users" },
    ],
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...EXISTING });

  expect(run.registrations.map(({ resource }) => resource.replace(/^.*:/, ""))).toEqual([
    "DatabaseConnection connection.acme-users",
    "OrganizationAccess organization",
    "OrganizationMembers members",
    "Connection connection.acme-users",
    "ConnectionClient login-app.acme-users",
    "Organization organization",
    "OrganizationConnection organization.Username-Password-Authentication",
    "OrganizationConnection organization.acme-users",
  ]);
  expect(await valuesOf(run.outputs)).toMatchObject({
    auth0Audience: "https://ai.example.com",
    auth0ClientId: "client-of-the-base",
    appConfig: { auth0: { proofOfPossession: "required" } },
  });
  expect(run.outputs.appConfig).not.toHaveProperty("okta");
});

test("an application of the stack is granted an API that exists, also one without permissions", async () => {
  const changes = {
    api: { existing: "https://ai.example.com" },
    roles: [],
    serviceApp: undefined,
    "organization.members": [],
  };
  const bare = () => ({ ...EXISTING["auth0:index/getResourceServer:getResourceServer"](), scopes: [] });
  const grantBy = async (answers: object) => {
    const { registrations } = await runProgram(sourceOf(localStackWith(changes)), {
      ...SEEDED,
      ...answers,
    });
    return registrations.find(({ resource }) => resource.endsWith(":ClientGrant login-app-api"))?.inputs;
  };
  const audience = "https://ai.example.com";
  expect(await grantBy(EXISTING)).toMatchObject({ audience, scopes: ["ai:read"] });
  const none = await grantBy({ "auth0:index/getResourceServer:getResourceServer": bare });
  expect(none).toMatchObject({ audience, scopes: [] });
});

test("a base stack gives what it has, its secret as a secret", async () => {
  const changes = {
    baseStack: "acme/ai-api-access/base",
    api: {},
    loginApp: {},
    roles: [],
    serviceApp: {},
    "organization.members": [{ user: "auth0|64f0000000000000000000a1", roles: ["ai-editor"] }],
  };
  const base = {
    auth0Audience: "https://ai.example.com",
    auth0ClientId: "client-of-the-base",
    roleIds: { "ai-editor": "rol_editor" },
    clientId: "0oa1",
    clientSecret: "base-secret-1",
    oktaIssuer: "https://acme.okta.com/oauth2/aus1",
    oktaTokenEndpoint: "https://acme.okta.com/oauth2/aus1/v1/token",
    oktaAudience: "https://ai.example.com",
    oktaScopes: ["ai:read"],
  };
  const run = await runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...EXISTING }, [], {
    "pulumi:pulumi:StackReference": { outputs: base, secretOutputNames: ["clientSecret"] },
  });

  const role = run.registrations.find(({ resource }) => resource.includes("OrganizationMemberRole "));
  expect(role?.inputs).toMatchObject({ roleId: "rol_editor" });
  expect(await valuesOf(run.outputs)).toMatchObject(base);
  expect(await pulumi.isSecret(pulumi.output(run.outputs.clientSecret))).toBe(true);

  const undecrypted = { outputs: { ...base, clientSecret: {} }, secretOutputNames: ["clientSecret"] };
  const elsewhere = runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...EXISTING }, [], {
    "pulumi:pulumi:StackReference": undecrypted,
  });
  await expect(elsewhere).rejects.toThrow(
    /has no output clientSecret that can be read here[\s\S]+next: give this run the passphrase/,
  );
});

test("nobody is invited to a base stack without a login application", async () => {
  const changes = {
    ...{
      baseStack: "acme/ai-api-access/base",
      api: undefined,
      loginApp: undefined,
      roles: [],
      serviceApp: undefined,
    },
    "organization.members": [{ email: "new@example.com", invite: true }],
  };
  const base = { auth0Audience: "https://ai.example.com", roleIds: {} };
  const nobody = { "auth0:index/getUser:getUser": failing("1 error occurred: * No users found.") };
  const program = runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...EXISTING, ...nobody }, [], {
    "pulumi:pulumi:StackReference": { outputs: base },
  });
  await expect(program).rejects.toThrow(
    /person new@example\.com \(ai-api-access:organization\.members\[0\]\)\n +found: The stack acme\/ai-api-access\/base has no login application/,
  );
});
