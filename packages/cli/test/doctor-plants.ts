/** Stacks for the doctor: healthy ones on a twin, and faults in them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, relative } from "node:path";
import { z } from "zod";
import type { DoctorInput } from "../src/doctor/input.ts";
import { localSource } from "../src/shared/stack/source.ts";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import type { TestTwin } from "@ai-api-access/testing/twin.ts";
import { auth0Sdk } from "./by-hand.ts";

type Overrides = Readonly<Record<string, unknown>>;

/** The local stack as a new one, on tools that are good enough. */
export function doctorInput(
  twin: TestTwin,
  overrides: Overrides = {},
  changes: Partial<DoctorInput> = {},
): DoctorInput {
  return {
    name: "dev",
    project: "ai-api-access",
    program: { ...config, declareStack },
    source: localSource(twin.tenants.access, overrides),
    tools: {
      node: "24.0.0",
      pulumi: { command: "/usr/bin/pulumi", version: "3.259.0" },
      needsLanguageHost: false,
    },
    state: new Map(),
    ...changes,
  };
}

/** People in a file who are invited to an application of another stack. */
export async function inviting(twin: TestTwin, client: object = {}): Promise<DoctorInput> {
  const { client_id: existing } = await auth0Sdk(twin.tenants.access).clients.create({
    ...{ name: "Console", app_type: "regular_web", ...client },
  });
  const file = join(twin.home.folder, "members.csv");
  writeFileSync(file, "email,invite\nnew@example.com,true\n");
  return doctorInput(twin, {
    "ai-api-access:loginApp": { existing },
    "ai-api-access:organization.members": [],
    "ai-api-access:organization.membersFile": relative(process.cwd(), file),
  });
}

/** Two organizations, a file each, of which one has people who cannot sign in if the other's connection is meant. */
export function withFolder(twin: TestTwin, second: string): DoctorInput {
  const folder = join(twin.home.folder, "organizations");
  mkdirSync(folder, { recursive: true });
  const members = "members: [{ email: grace@example.com, roles: [ai-reader] }]\n";
  const existing = "connections: [{ existing: Username-Password-Authentication }]\n";
  writeFileSync(join(folder, "acme.yaml"), `displayName: Acme\n${existing}${members}`);
  writeFileSync(join(folder, "globex.yaml"), `displayName: Globex\n${second}\n${members}`);
  return doctorInput(twin, {
    "ai-api-access:organization": undefined,
    "ai-api-access:organizationsFolder": relative(process.cwd(), folder),
  });
}

const BASE = "my-org/ai-api-access/base";

/** The organization alone, on top of a stack that has all the rest. */
export function onTopOf(twin: TestTwin, outputs: Readonly<Record<string, unknown>>): DoctorInput {
  const base = { "ai-api-access:baseStack": BASE, "ai-api-access:api": undefined };
  const none = { "ai-api-access:roles": undefined, "ai-api-access:loginApp": undefined };
  const input = doctorInput(twin, { ...base, ...none, "ai-api-access:serviceApp": undefined });
  return { ...input, outputsOf: (stack) => Promise.resolve(stack === BASE ? outputs : {}) };
}

/** The healthy stack, pointed elsewhere. */
export function withValues(twin: TestTwin, values: Readonly<Record<string, string>>): DoctorInput {
  const source = localSource(twin.tenants.access);
  return doctorInput(twin, {}, { source: { ...source, values: { ...source.values, ...values } } });
}

/** The healthy stack with other variables in the environment. */
export function withEnvironment(
  twin: TestTwin,
  environment: Readonly<Record<string, string>>,
  overrides: Overrides = {},
): DoctorInput {
  const source = localSource(twin.tenants.access, overrides);
  return doctorInput(
    twin,
    {},
    { source: { ...source, environment: { ...source.environment, ...environment } } },
  );
}

/** A stack of real tenants, in a shell that has the variables of a local stack. */
export function withLeftovers(twin: TestTwin): DoctorInput {
  const source = localSource(twin.tenants.access);
  const { "okta:httpProxy": proxy = "", ...local } = source.values;
  const real = { "auth0:domain": "acme.us.auth0.com", "okta:orgName": "acme", "okta:baseUrl": "okta.com" };
  const environment = { ...source.environment, OKTA_HTTP_PROXY: proxy };
  return doctorInput(twin, {}, { source: { ...source, values: { ...local, ...real }, environment } });
}

/** Where the organization stands in the state of stack `dev`. */
export const ORGANIZATION =
  "urn:pulumi:dev::ai-api-access::ai-api-access:auth0:OrganizationAccess$auth0:index/organization:Organization::organization";

/** A Machine to Machine application that may do only some of what there is. */
export async function clientAllowed(
  { tenants: { access } }: TestTwin,
  allowed: (scope: string) => boolean,
): Promise<{ clientId: string; clientSecret: string }> {
  const client = auth0Sdk(access);
  const made = await client.clients.create({
    name: "Deployer",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
  });
  const [clientId, clientSecret] = [String(made.client_id), String(made.client_secret)];
  const audience = `https://${access.auth0.domain}/api/v2/`;
  const { scopes } = await client.resourceServers.get(audience);
  await client.clientGrants.create({
    client_id: clientId,
    audience,
    scope: (scopes ?? []).map(({ value }) => value).filter(allowed),
  });
  return { clientId, clientSecret };
}

/** The stack with such an application's credentials. */
export async function withClientAllowed(
  twin: TestTwin,
  allowed: (scope: string) => boolean,
): Promise<DoctorInput> {
  const { clientId, clientSecret } = await clientAllowed(twin, allowed);
  return withEnvironment(twin, { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret });
}

export async function organizationWithTenConnections(twin: TestTwin): Promise<string> {
  const client = auth0Sdk(twin.tenants.access);
  const id = String((await client.organizations.create({ name: "crowded" })).id);
  for (let number = 1; number <= 10; number += 1) {
    const connection = await client.connections.create({
      name: `users-${String(number)}`,
      strategy: "auth0",
    });
    await client.organizations.enabledConnections.add(id, { connection_id: String(connection.id) });
  }
  return id;
}

export async function organizationWithFiftyRoles(twin: TestTwin): Promise<string> {
  const client = auth0Sdk(twin.tenants.access);
  const id = String((await client.organizations.create({ name: "many-roles" })).id);
  const ada = "auth0|64f0000000000000000000a1";
  await client.organizations.members.create(id, { members: [ada] });
  const roles: string[] = [];
  for (let number = 1; number <= 50; number += 1) {
    roles.push(String((await client.roles.create({ name: `role-${String(number)}` })).id));
  }
  await client.organizations.members.roles.assign(id, ada, { roles });
  return id;
}

export function withoutApiAccessManagement({ tenants: { okta } }: TestTwin): void {
  const snapshot = okta.snapshot();
  const [record] = z
    .array(z.looseObject({ features: z.record(z.string(), z.boolean()) }))
    .parse(snapshot.collections.org);
  const features = { ...record?.features, apiAccessManagement: false };
  okta.restore({
    ...snapshot,
    collections: z
      .record(z.string(), z.array(z.json()))
      .parse({ ...snapshot.collections, org: [{ ...record, features }] }),
  });
}

/** In front of the org: an admin who may do nothing with authorization servers, in Okta's words. */
export async function forbiddingProxy(twin: TestTwin): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.includes("/authorizationServers")) {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          errorCode: "E0000006",
          errorSummary: "You do not have permission to perform the requested action",
        }),
      );
      return;
    }
    void fetch(`${twin.tenants.access.okta.origin}${path}`, {
      headers: { authorization: request.headers.authorization ?? "" },
    }).then(async (answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(await answer.text());
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}
