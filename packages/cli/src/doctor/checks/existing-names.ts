/** Whether everyone and everything exists that the configuration names and the stack does not create. */
import { auth0Types } from "@ai-api-access/resource-catalog";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import { count } from "../../shared/count.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import type { Inspection } from "../inspect.ts";

const SUBJECT = "names that must exist";

/** Something named by id: nobody looks it up before `up`. */
interface ById {
  readonly what: string;
  readonly path: string;
  readonly next: string;
}

export async function checkExistingNames(
  config: StackConfig,
  { problems, unread, registrations }: Inspection,
  { auth0, okta }: { readonly auth0: TenantClient | undefined; readonly okta: TenantClient | undefined },
): Promise<Check[]> {
  const [people, machines] = [namedInAuth0(config), namedInOkta(config)];
  const applications = existingApplication(config);
  const answers = await Promise.all([
    ...(auth0 ? [...people, ...applications].map((named) => checkById(auth0, named)) : []),
    ...(okta ? machines.map((named) => checkById(okta, named)) : []),
    ...(okta ? [checkExistingScopes(config, okta)] : []),
  ]);
  const checks = [
    ...problems.map(({ what, found, next }) => wrong(SUBJECT, `${what}: ${found}`, next)),
    ...answers.flat(),
    ...(auth0 && okta ? unread.map((reason) => unchecked(SUBJECT, reason)) : []),
  ];
  if (checks.length > 0) return checks;
  const members = config.organizations.flatMap((organization) => organization.members);
  const invited = registrations.filter(({ type }) => type === auth0Types.invitation.token).length;
  const connections = config.organizations.flatMap((organization) => organization.connections);
  const existing = connections.flatMap(({ kind, name }) => (kind === "existing" ? [name] : []));
  const groups = connections.flatMap((connection) => (connection.kind === "okta" ? connection.groups : []));
  const named = [
    ...some(members.length - invited, "person", "people"),
    ...some(
      people.length - members.filter(({ person }) => "user" in person).length,
      "role by id",
      "roles by id",
    ),
    ...some(new Set(existing).size, "connection", "connections"),
    ...some(new Set(groups).size, "Okta group", "Okta groups"),
    ...(config.existingApi === undefined ? [] : ["an API"]),
    ...some(applications.length, "application", "applications"),
    ...(config.baseStack === undefined ? [] : ["a base stack"]),
    ...some(machines.length, "authorization server", "authorization servers"),
  ];
  return [ok(SUBJECT, named.length === 0 ? "none is named" : `${named.join(", ")}: all there`)];
}

const some = (number: number, one: string, many: string): string[] =>
  number === 0 ? [] : [count(number, one, many)];

function namedInAuth0({ organizations }: StackConfig): ById[] {
  const members = organizations.flatMap((organization) => organization.members);
  const roles = new Map(
    members.flatMap(({ roles, key }) => roles.filter(isId).map((role) => [role, key] as const)),
  );
  return [
    ...members.flatMap(({ person, key }) =>
      "user" in person
        ? [
            {
              what: `person ${person.user} (${key}.user)`,
              path: `/users/${encodeURIComponent(person.user)}`,
              next: "look under User Management > Users in the Auth0 dashboard",
            },
          ]
        : [],
    ),
    ...[...roles].map(([role, key]) => ({
      what: `role ${role} (${key}.roles)`,
      path: `/roles/${encodeURIComponent(role)}`,
      next: "look under User Management > Roles in the Auth0 dashboard",
    })),
  ];
}

const isId = (role: string): boolean => role.startsWith("rol_");

function existingApplication({ project, existingLoginApp: id }: StackConfig): ById[] {
  if (id === undefined) return [];
  return [
    {
      what: `application ${id} (${project}:loginApp.existing)`,
      path: `/clients/${encodeURIComponent(id)}`,
      next: "look under Applications in the Auth0 dashboard: wanted is the client id",
    },
  ];
}

function namedInOkta({ project, serviceApp }: StackConfig): ById[] {
  const server = serviceApp?.authorizationServer;
  if (server?.kind !== "existing") return [];
  return [
    {
      what: `authorization server ${server.id} (${project}:serviceApp.authorizationServer.existing)`,
      path: `/authorizationServers/${encodeURIComponent(server.id)}`,
      next: "look under Security > API in the Okta admin console: the id is the last part of the issuer",
    },
  ];
}

async function checkById(api: TenantClient, { what, path, next }: ById): Promise<Check[]> {
  const { status } = await api.get(path);
  if (status === 200) return [];
  if (status === 404) return [wrong(SUBJECT, `${what}: there is none of this id`, next)];
  return [unchecked(SUBJECT, `${what}: it may not be read (HTTP ${String(status)})`)];
}

const scopesSchema = z.array(z.object({ name: z.string() }));

/** Scopes that are said to exist on a server that exists. */
async function checkExistingScopes({ serviceApp }: StackConfig, okta: TenantClient): Promise<Check[]> {
  if (serviceApp === undefined) return [];
  const { authorizationServer: server, scopes } = serviceApp;
  const named = scopes.filter(({ existing }) => existing);
  if (server.kind === "own" || named.length === 0) return [];
  const answer = await okta.get(`/authorizationServers/${encodeURIComponent(server.id)}/scopes?limit=200`);
  if (answer.status !== 200) return [];
  const there = new Set(scopesSchema.parse(answer.body).map(({ name }) => name));
  return named
    .filter(({ name }) => !there.has(name))
    .map(({ name }) =>
      wrong(
        SUBJECT,
        `scope ${name}: the authorization server has none of this name`,
        "leave out `existing: true` to create it",
      ),
    );
}
