/** What the providers ask of the Management API, by what the program declares and which functions it calls. */

const ALL = ["create", "read", "update", "delete"];
const NO_UPDATE = ["create", "read", "delete"];

const of = (resource: string, verbs: readonly string[] = ALL): string[] =>
  verbs.map((verb) => `${verb}:${resource}`);

/** By resource type. Reading, changing and removing are part of the life of a stack, so they are always there. */
const BY_TYPE: Readonly<Partial<Record<string, readonly string[]>>> = {
  "auth0:index/organization:Organization": of("organizations"),
  "auth0:index/organizationConnection:OrganizationConnection": of("organization_connections"),
  "auth0:index/connection:Connection": of("connections", ["create", "read", "update"]),
  "auth0:index/client:Client": of("clients"),
  "auth0:index/connectionClient:ConnectionClient": of("connections", ["read", "update"]),
  "auth0:index/resourceServer:ResourceServer": of("resource_servers"),
  "auth0:index/resourceServerScopes:ResourceServerScopes": of("resource_servers", ["read", "update"]),
  "auth0:index/role:Role": of("roles"),
  "auth0:index/rolePermissions:RolePermissions": of("roles", ["read", "update"]),
  "auth0:index/organizationMember:OrganizationMember": of("organization_members", NO_UPDATE),
  "auth0:index/organizationMemberRole:OrganizationMemberRole": of("organization_member_roles", NO_UPDATE),
  "roster:index:OrganizationRoster": [
    ...of("organization_members", NO_UPDATE),
    ...of("organization_member_roles", NO_UPDATE),
  ],
};

/** By function. */
const BY_FUNCTION: Readonly<Partial<Record<string, readonly string[]>>> = {
  "auth0:index/getUser:getUser": ["read:users"],
  "auth0:index/getRole:getRole": ["read:roles"],
  "auth0:index/getConnection:getConnection": ["read:connections"],
  "auth0:index/getTenant:getTenant": ["read:tenant_settings"],
};

/** What is declared, as far as scopes depend on it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly retainOnDelete: boolean;
}

/** Every scope that is needed, with what it is needed for: the types' short names, each once. */
export function neededScopes(
  declared: readonly Declared[],
  functions: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, Set<string>>();
  const note = (scopes: readonly string[], why: string): void => {
    for (const scope of scopes) reasons.set(scope, (reasons.get(scope) ?? new Set()).add(why));
  };
  for (const { type, retainOnDelete } of declared) {
    const why = type.split(":").at(-1) ?? type;
    note(BY_TYPE[type] ?? [], why);
    // A connection that is kept for its users is never deleted by the stack.
    if (type === "auth0:index/connection:Connection" && !retainOnDelete) note(["delete:connections"], why);
  }
  for (const token of functions) note(BY_FUNCTION[token] ?? [], token.split(":").at(-1) ?? token);
  return new Map([...reasons].map(([scope, whys]) => [scope, [...whys].sort()]));
}

/** OAuth for Okta: what the app of the credentials has to be granted (docs: README, Okta credentials). */
export const OKTA_SCOPES = [
  "okta.apps.manage",
  "okta.apps.read",
  "okta.authorizationServers.manage",
  "okta.authorizationServers.read",
  "okta.policies.read",
];
