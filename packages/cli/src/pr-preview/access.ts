/** Who loses access by a change: people, by their membership, roles and permissions, and the service app. */
import { auth0Types, oktaTypes } from "@ai-api-access/resource-catalog";
import { tenantClients } from "@ai-api-access/local/recovery/clients.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { z } from "zod";
import { organizationsOf, type SideValues } from "./organizations.ts";
import type { Change } from "./steps.ts";

/** Something that somebody has no longer. */
export interface AccessLoss {
  /** An email, a user id, `everybody` or `the service app`. */
  readonly who: string;
  /** The end of the sentence "WHO loses …". */
  readonly loses: string;
}

type Side = "before" | "after";
type Inputs = Readonly<Record<string, unknown>>;

const EVERYBODY = "everybody";
const SERVICE_APP = "the service app";

/** Of a resource of one organization of many, whose logical name begins with the organization's: `acme.members`. */
function organizationOf(name: string): string | undefined {
  return /^([a-z0-9_-]+)\.(?:organization|members)\b/.exec(name)?.[1];
}

/** `everybody in acme`, or as it is where there is one organization. */
function within(who: string, organization: string | undefined): string {
  return organization === undefined ? who : `${who} in ${organization}`;
}

/** `the connection acme-users`, of the logical name `organization.acme-users` of what ties it to the organization. */
function connectionOf(name: string): string {
  const called = /\borganization\.(.+)$/.exec(name)?.[1];
  return called === undefined ? "the connection" : `the connection ${called}`;
}

/** What everybody or the service app loses with one resource, or with the id that another one has in its place. */
const NEEDED_BY: readonly {
  readonly token: string;
  /** Only what is called so. */
  readonly name?: string;
  readonly who: string;
  readonly gone: string | ((name: string) => string);
  readonly replaced: string | ((name: string) => string);
}[] = [
  {
    token: auth0Types.organization.token,
    who: EVERYBODY,
    gone: "the organization",
    replaced: "the organization's id: tokens of the old one are refused",
  },
  {
    token: auth0Types.organizationConnection.token,
    who: EVERYBODY,
    gone: (name) => `${connectionOf(name)} to sign in through`,
    replaced: (name) => `${connectionOf(name)} to sign in through; another one takes its place`,
  },
  {
    token: auth0Types.client.token,
    who: EVERYBODY,
    gone: "the login application",
    replaced: "the login application's client id; another one takes its place",
  },
  {
    token: auth0Types.resourceServer.token,
    who: EVERYBODY,
    gone: "the API",
    replaced: "the API's identifier: tokens for the old one are refused",
  },
  {
    token: oktaTypes.app.token,
    name: "service-app",
    who: SERVICE_APP,
    gone: "itself: the app is deleted",
    replaced: "its client id and secret; others take their place",
  },
  {
    token: oktaTypes.server.token,
    who: SERVICE_APP,
    gone: "its authorization server",
    replaced: "its authorization server: tokens of the old issuer are refused",
  },
];

/** By id. */
type Names = ReadonlyMap<string, string>;

/** Everything that is taken away, what concerns most people first. */
export function accessLosses(changes: readonly Change[], names: Names = new Map()): AccessLoss[] {
  return [...lossesOfAll(changes), ...lossesOfPeople(changes, names), ...lossesOfScopes(changes)];
}

function lossesOfAll(changes: readonly Change[]): AccessLoss[] {
  const { organization, organizationConnection } = auth0Types;
  const goneWith = new Set(
    changes.flatMap(({ type, operation, name }) =>
      type === organization.token && operation === "delete" ? [organizationOf(name)] : [],
    ),
  );
  const isImplied = ({ type, name }: Change): boolean =>
    type === organizationConnection.token && goneWith.has(organizationOf(name));
  return NEEDED_BY.flatMap(({ token, name: only, who, gone, replaced }) =>
    changes
      .filter(({ type, name }) => type === token && (only === undefined || name === only))
      .filter((change) => !isImplied(change))
      .flatMap(({ operation, name }) => {
        if (operation !== "delete" && operation !== "replace") return [];
        const loses = operation === "delete" ? gone : replaced;
        return {
          who: within(who, organizationOf(name)),
          loses: typeof loses === "string" ? loses : loses(name),
        };
      }),
  );
}

function lossesOfPeople(changes: readonly Change[], names: Names): AccessLoss[] {
  const [before, after] = [peopleOf(changes, "before"), peopleOf(changes, "after")];
  const nameOf = (id: string): string => names.get(id) ?? id;
  return [...before].flatMap(([membership, { userId, organization, roles, permissions }]) => {
    const who = within(nameOf(userId), organization);
    const left = after.get(membership);
    const named = [...roles].map(nameOf).sort().join(", ");
    if (left === undefined) {
      return { who, loses: named === "" ? "membership" : `membership, and with it ${named}` };
    }
    const lost = [
      ...missing(roles, left.roles).map((role) => `role ${nameOf(role)}`),
      ...missing(permissions, left.permissions).map((permission) => `permission ${permission}`),
    ];
    return lost.length === 0 ? [] : { who, loses: lost.join(", ") };
  });
}

/** A member of an organization. */
interface Person {
  readonly userId: string;
  /** Of many. */
  readonly organization: string | undefined;
  readonly roles: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

const rolePermissionsSchema = z.object({ permissions: z.array(z.object({ name: z.string() })) });
const userSchema = z.object({ userId: z.string() });
const scopesSchema = z.object({ scopeWhitelists: z.array(z.string()).default([]) });

/** The members by what their membership is called: `members-auth0|…`, `acme.members-auth0|…`. Roles and their permissions go by the logical names that the program gives them. */
function peopleOf(changes: readonly Change[], side: Side): Map<string, Person> {
  const { organizationMember, organizationMemberRole, rolePermissions } = auth0Types;
  const permissionsOfRole = new Map(
    inputsOf(changes, rolePermissions.token, side).map(({ name, inputs }) => {
      const { permissions } = rolePermissionsSchema.catch({ permissions: [] }).parse(inputs);
      return [name.replace(/^api-role-/, ""), permissions.map((permission) => permission.name)] as const;
    }),
  );
  const rolesOf = Map.groupBy(
    inputsOf(changes, organizationMemberRole.token, side).map(({ name, inputs }) => {
      const { userId } = userSchema.parse(inputs);
      const end = name.indexOf(`-${userId}-`) + userId.length + 1;
      return { membership: name.slice(0, end), role: name.slice(end + 1) };
    }),
    ({ membership }) => membership,
  );
  return new Map(
    inputsOf(changes, organizationMember.token, side).map(({ name, inputs }) => {
      const { userId } = userSchema.parse(inputs);
      const roles = (rolesOf.get(name) ?? []).map(({ role }) => role);
      const permissions = new Set(roles.flatMap((role) => permissionsOfRole.get(role) ?? []));
      const person = { userId, organization: organizationOf(name), roles: new Set(roles), permissions };
      return [name, person] as const;
    }),
  );
}

function lossesOfScopes(changes: readonly Change[]): AccessLoss[] {
  const scopes = (side: Side): Set<string> =>
    new Set(
      inputsOf(changes, oktaTypes.serverPolicyRule.token, side).flatMap(
        ({ inputs }) => scopesSchema.parse(inputs).scopeWhitelists,
      ),
    );
  return missing(scopes("before"), scopes("after")).map((scope) => ({
    who: SERVICE_APP,
    loses: `scope ${scope}`,
  }));
}

function inputsOf(changes: readonly Change[], token: string, side: Side) {
  return changes.flatMap(({ type, name, [side]: inputs }): { name: string; inputs: Inputs }[] =>
    type === token && inputs !== undefined ? [{ name, inputs }] : [],
  );
}

function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((one) => !after.has(one));
}

const userOfTenant = z.object({ email: z.string() });
const roleOfTenant = z.object({ name: z.string() });

/**
 * What the configurations call people and roles that the changes know by ids of the local tenant: the emails of those
 * who are declared by email, the names of roles that the stack does not declare.
 */
export async function namesOf(
  changes: readonly Change[],
  sides: readonly SideValues[],
  access: TenantAccess,
): Promise<Names> {
  const { auth0 } = tenantClients(access);
  const declared = new Set(
    sides.flatMap(organizationsOf).flatMap(({ members }) => members.map(({ email }) => email)),
  );
  const names = new Map<string, string>();
  for (const { inputs } of inputsOf(changes, auth0Types.organizationMember.token, "before")) {
    const { userId } = userSchema.parse(inputs);
    const user = userOfTenant.safeParse(await auth0.read(`/users/${encodeURIComponent(userId)}`)).data;
    if (user !== undefined && declared.has(user.email)) names.set(userId, user.email);
  }
  for (const { name } of inputsOf(changes, auth0Types.organizationMemberRole.token, "before")) {
    const [id] = /rol_\w+$/.exec(name) ?? [];
    if (id === undefined || names.has(id)) continue;
    const role = roleOfTenant.safeParse(await auth0.read(`/roles/${id}`)).data;
    if (role !== undefined) names.set(id, role.name);
  }
  return names;
}
