/** Many organizations in one stack, a file each, and one in a stack on top of another. The tests follow one another. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { generateKeyPairSync } from "node:crypto";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { loadAppConfig } from "@ai-api-access/ai-api/app-config.ts";
import { trustLocalCa } from "@ai-api-access/local/demo/trust.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import { machineToken } from "@ai-api-access/testing/machine-token.ts";
import { TestTwin, type Run } from "@ai-api-access/testing/twin.ts";
import { createVerifier } from "@ai-api-access/verifier";
import { stringify } from "yaml";
import { z } from "zod";

const GRACE = "auth0|64f0000000000000000000a2";
const EXISTING = { existing: "Username-Password-Authentication" };
const USERS = "my-awesome-company-users";

let twin: TestTwin;
let folder = "";
beforeAll(async () => {
  twin = await TestTwin.start();
  folder = join(twin.home.folder, "organizations");
  mkdirSync(folder);
});
afterAll(() => twin.close());

const section = z.record(z.string(), z.unknown());
const declared = section.parse(readLocalStack().config["ai-api-access:organization"]);
const first = { ...declared, name: undefined, connections: [{ database: USERS }] };

/** The stack with the files of the folder in place of its organization. */
function many(files: Readonly<Record<string, object | undefined>> = {}): ConfigValues {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, `${name}.yaml`);
    if (content === undefined) rmSync(file);
    else writeFileSync(file, stringify(content));
  }
  return {
    "ai-api-access:organization": undefined,
    "ai-api-access:organizationsFolder": relative(repositoryRoot, folder),
  };
}

const customer = (displayName: string, more: object = {}) => ({
  ...{ displayName, connections: [EXISTING] },
  ...{ members: [{ user: GRACE, roles: ["ai-reader"] }] },
  ...more,
});
const withoutIds = (line: string) => line.replaceAll(/(?:org|con|rol)_\w+/g, "ID");

/** Names of what the engine says that it would create, or creates. */
function createdIn(output: string): string[] {
  const lines = output.matchAll(/^ *\+ +\S*:\S+ +(\S+) +creat(?:e|ing)\b/gm);
  return [...new Set([...lines].map(([, name = ""]) => name))];
}

test("a stack that an earlier version brought up has nothing to change", async () => {
  await twin.run("up", { "ai-api-access:organization.connections": first.connections });
  const { stack } = await twin.open();
  await stack.importStack(asBefore(await stack.exportStack()));
  const preview = await twin.run("preview", {
    "ai-api-access:organization.connections": first.connections,
  });
  expectOnlyTheGroup(preview);
});

/** The component around the connection is new, which no tenant knows of. */
function expectOnlyTheGroup({ changes, output }: Run): void {
  expect(changes).toEqual({ same: expect.any(Number), create: 1 });
  expect(createdIn(output)).toEqual([`connection.${USERS}`]);
}

test("the only organization moves into a file as it is, and two more share its API, roles and application", async () => {
  const moved = { ...first, wasOrganization: true };
  twin.clearRequests();
  expectOnlyTheGroup(await twin.run("up", many({ "my-awesome-company": moved })));
  expect(twin.writes()).toEqual([]);
  await twin.run("up", many({ globex: customer("Globex"), initech: customer("Initech") }));
  const writes = twin.writes().map(withoutIds);
  // The connection that exists becomes one of the application's, and all else is of the two organizations.
  expect(writes.filter((line) => !line.includes(" /api/v2/organizations"))).toEqual([
    "PATCH /api/v2/connections/ID/clients",
  ]);
  expect(writes.filter((line) => line === "POST /api/v2/organizations")).toHaveLength(2);
  const { organizations, appConfig } = await (await twin.open(many())).outputs();
  expect(Object.keys(section.parse(organizations))).toEqual(["globex", "initech", "my-awesome-company"]);
  expect(appConfig).toMatchObject({ auth0: { organizations: { globex: expect.stringMatching(/^org_/) } } });
});

test("another file is that organization in the preview, and nothing else", async () => {
  const { changes, output } = await twin.run("preview", many({ hooli: customer("Hooli") }));
  expect(changes).toEqual({ same: expect.any(Number), create: expect.any(Number) });
  const created = createdIn(output);
  expect(created).toContain("hooli.organization");
  expect(created.filter((name) => !name.startsWith("hooli."))).toEqual([]);
  many({ hooli: undefined });
});

test("members files have one plugin, and so they do in a state that had one for each organization", async () => {
  const inFile = (displayName: string) => {
    const file = join(folder, `${displayName}.csv`);
    writeFileSync(file, `user,roles\n${GRACE},ai-reader\n`);
    const membersFile = relative(repositoryRoot, file);
    return customer(displayName, { members: undefined, membersFile, deleteWithStack: true });
  };
  await twin.run("up", many({ stark: inFile("Stark"), wayne: inFile("Wayne") }));
  const { stack } = await twin.open();
  await stack.importStack(withRosterProviderEach(await stack.exportStack()));
  twin.clearRequests();
  const { changes } = await twin.run("up", many());
  expect(changes).toEqual({ same: expect.any(Number), delete: 1 });
  expect(twin.writes()).toEqual([]);
  const { resources } = stateSchema.parse(await stack.exportStack()).deployment;
  expect(resources.filter(({ type }) => type === "pulumi:providers:roster")).toHaveLength(1);
  await twin.run("up", many({ stark: undefined, wayne: undefined }));
});

test("a removed file is refused, unless it said that the organization may go; a renamed one is an update", async () => {
  const without = many({ globex: undefined });
  await expect(twin.run("preview", without)).rejects.toThrow(/globex\.organization[\s\S]*protect/);

  const renamed = customer("Initech", { renamedFrom: "initech" });
  const mayGo = customer("Globex", { deleteWithStack: true });
  const { changes } = await twin.run("up", many({ globex: mayGo, initech: undefined, initrode: renamed }));
  expect(changes).toEqual({ same: expect.any(Number), update: 1 });

  twin.clearRequests();
  const gone = await twin.run("up", many({ globex: undefined }));
  expect(gone.changes).toEqual({ same: expect.any(Number), delete: expect.any(Number) });
  expect(twin.writes().map(withoutIds)).toEqual(["DELETE /api/v2/organizations/ID"]);
  const left = await twin.read("auth0", "/organizations", z.array(z.object({ name: z.string() })));
  expect(left.map(({ name }) => name).sort()).toEqual(["initrode", "my-awesome-company"]);
});

test("a stack on top of another one adds its organization, and takes nothing else away with it", async () => {
  const base = await (await twin.open(many())).outputs(true);
  const { auth0ClientId, auth0Audience } = base;
  const before = twin.holdings();
  const above = twin.beside();
  try {
    // Else nothing that is secret of the one could be read by the other.
    copyFileSync(twin.home.passphraseFile, above.home.passphraseFile);
    const connections = [EXISTING, { database: "hooli-users", deleteWithStack: true }];
    const organization = { ...customer("Hooli", { connections }), name: "hooli" };
    const config = {
      "ai-api-access:organization": organization,
      "ai-api-access:api": { existing: auth0Audience },
      "ai-api-access:loginApp": { existing: auth0ClientId },
      "ai-api-access:roles": undefined,
      "ai-api-access:serviceApp": undefined,
    };
    twin.clearRequests();
    await above.run("up", config);
    const others = twin.writes().filter((line) => !/ \/api\/v2\/(?:organizations|connections)/.test(line));
    expect(others).toEqual([]);
    const outputs = await (await above.open(config)).outputs();
    expect(outputs).toMatchObject({ organizationName: "hooli", auth0Audience, auth0ClientId });
    expect(outputs).not.toHaveProperty("appConfig.okta");

    const onBase = await onTopOf(above, organization);
    const whole = await (await above.open(onBase)).outputs(true);
    const { clientId, clientSecret, oktaIssuer } = base;
    expect(whole).toMatchObject({ organizationName: "hooli", auth0Audience, auth0ClientId });
    expect(whole).toMatchObject({ clientId, clientSecret, oktaIssuer });
    expect(await (await above.open(onBase)).outputs()).toMatchObject({ clientSecret: "[secret]" });
    await expectMachinesAdmitted(whole);
    await above.run("destroy", onBase);
  } finally {
    await above.remove();
  }
  expect(twin.holdings()).toBe(before);
});

const SIGNER = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Brings the same stack up through the outputs of the base, with machines of its own; gives its configuration. */
async function onTopOf(above: TestTwin, organization: object): Promise<ConfigValues> {
  // Both stacks are called local, so the base is put beside the other under another name.
  const [from, to] = [twin, above].map(({ home }) => join(home.state, ".pulumi", "stacks", "ai-api-access"));
  copyFileSync(join(from ?? "", "local.json"), join(to ?? "", "base.json"));
  const pem = String(SIGNER.publicKey.export({ type: "spki", format: "pem" }));
  const machines = [
    { name: "hooli-agent", permissions: ["ai:read"] },
    { name: "hooli-signer", permissions: ["ai:write"], publicKeys: [pem] },
  ];
  const config = {
    "ai-api-access:baseStack": "organization/ai-api-access/base",
    "ai-api-access:organization": { ...organization, machines },
    "ai-api-access:api": undefined,
    "ai-api-access:loginApp": undefined,
    "ai-api-access:roles": undefined,
    "ai-api-access:serviceApp": undefined,
  };
  twin.clearRequests();
  const { changes } = await above.run("up", config);
  // Whatever the other way declared stays as it is.
  expect(changes).toEqual({ same: expect.any(Number), create: expect.any(Number) });
  const ofMachines = / \/api\/v2\/(?:clients|client-grants|organizations\/\w+\/client-grants)(?:$|\/)/;
  expect(twin.writes().filter((line) => !ofMachines.test(line))).toEqual([]);
  return config;
}

const machineOutputs = z.object({
  organizationId: z.string(),
  machineClientIds: z.record(z.string(), z.string()),
  machineClientSecrets: z.record(z.string(), z.string()),
  appConfig: z.looseObject({ auth0: z.looseObject({ issuer: z.string(), audience: z.string() }) }),
});

/** A token of each machine is let in with what the stack says to applications, and is for its organization alone. */
async function expectMachinesAdmitted(outputs: unknown): Promise<void> {
  const { organizationId, machineClientIds, machineClientSecrets, appConfig } = machineOutputs.parse(outputs);
  const file = join(twin.home.folder, "app-config.json");
  writeFileSync(file, JSON.stringify(appConfig));
  trustLocalCa(twin.tenants.access.caFile);
  const verify = createVerifier(loadAppConfig({ file }));
  const organizations = await twin.read("auth0", "/organizations", z.array(named));
  const other = organizations.find(({ name }) => name === "initrode");
  const { issuer, audience } = appConfig.auth0;
  const proofs = { "hooli-agent": machineClientSecrets["hooli-agent"], "hooli-signer": SIGNER.privateKey };
  expect(Object.keys(machineClientSecrets)).toEqual(["hooli-agent"]);
  for (const [name, proof = ""] of Object.entries(proofs)) {
    const machine = { clientId: machineClientIds[name] ?? "", proof };
    const { token } = await machineToken(machine, { issuer, audience, organization: organizationId });
    expect(await verify(token)).toMatchObject({
      organization: { id: organizationId, name: "hooli" },
      permissions: [name === "hooli-agent" ? "ai:read" : "ai:write"],
    });
    const refused = await machineToken(machine, { issuer, audience, organization: other?.id ?? "" });
    expect(refused.error).toBe("access_denied");
  }
}

const named = z.object({ id: z.string(), name: z.string() });

const resourceSchema = z.looseObject({ urn: z.string(), type: z.string() });
const deploymentSchema = z.looseObject({
  deployment: z.looseObject({ resources: z.array(resourceSchema) }),
});

/** The state as it was when an organization had one connection, with names of its own. */
function asBefore(exported: unknown) {
  const { deployment, ...rest } = deploymentSchema.parse(exported);
  const { resources } = deployment;
  const only = (type: string) => resources.filter((one) => one.type === `ai-api-access:auth0:${type}`);
  const [root, ...below] = resources;
  const moved = only("OrganizationAccess");
  const gone = only("DatabaseConnection");
  const others = below.filter((one) => !moved.includes(one) && !gone.includes(one));
  const ordered = { ...rest, deployment: { ...deployment, resources: [root, ...moved, ...others] } };
  const [organization = { urn: "" }] = moved;
  const [database = { urn: "" }] = gone;
  const connection = "$auth0:index/connection:Connection::";
  const [of, from] = [organization.urn, database.urn].map((urn) => urn.split("::"));
  const text = JSON.stringify(ordered)
    .replaceAll(
      `${String(from?.[2])}${connection}connection.${USERS}`,
      `${String(of?.[2])}${connection}organization-users`,
    )
    .replaceAll(database.urn, organization.urn)
    .replaceAll(`::organization.${USERS}`, "::organization-connection")
    .replaceAll(`::login-app.${USERS}`, "::login-app-connection");
  return z.object({ version: z.number(), deployment: z.unknown() }).parse(JSON.parse(text));
}

const stateSchema = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(
      z.looseObject({
        ...{ urn: z.string(), type: z.string(), id: z.string().optional() },
        ...{ parent: z.string().optional(), provider: z.string().optional() },
      }),
    ),
  }),
});

/** The state as it was when each organization's people had a provider of their own. */
function withRosterProviderEach(exported: unknown) {
  const { deployment, ...rest } = stateSchema.parse(exported);
  const [shared] = deployment.resources.filter(({ type }) => type === "pulumi:providers:roster");
  const resources = deployment.resources.flatMap((one) => {
    if (one === shared) return [];
    if (shared === undefined || one.type !== "roster:index:OrganizationRoster") return [one];
    const [before = "", name = ""] = (one.parent ?? "").split(/::(?=[^:]+$)/);
    const urn = `${before}$pulumi:providers:roster::${name}`;
    const provider = `${urn}::${shared.id ?? ""}`;
    return [
      { ...shared, urn, parent: one.parent },
      { ...one, provider },
    ];
  });
  return { version: 3, ...rest, deployment: { ...deployment, resources } };
}
