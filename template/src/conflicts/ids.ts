import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";

/** A resource's inputs as the engine gives them to a hook. */
export type Inputs = Readonly<Record<string, unknown>>;

/** The id to import of what is there already under a name that may be there once. */
export interface ImportId {
  find(inputs: Inputs): Promise<string>;
  /** Where a person finds it when it cannot be looked up. */
  readonly example: string;
}

const text = (inputs: Inputs, key: string): string => String(inputs[key]);

/** By the types whose second creation the vendors refuse. */
export const importIds: Readonly<Partial<Record<string, ImportId>>> = {
  "auth0:index/organization:Organization": {
    find: async (inputs) => (await auth0.getOrganization({ name: text(inputs, "name") })).id,
    example: "org_…",
  },
  "auth0:index/connection:Connection": {
    find: async (inputs) => (await auth0.getConnection({ name: text(inputs, "name") })).id,
    example: "con_…",
  },
  "auth0:index/organizationConnection:OrganizationConnection": {
    find: (inputs) => Promise.resolve(`${text(inputs, "organizationId")}::${text(inputs, "connectionId")}`),
    example: "org_…::con_…",
  },
  "auth0:index/resourceServer:ResourceServer": {
    find: async (inputs) => (await auth0.getResourceServer({ identifier: text(inputs, "identifier") })).id,
    example: "ID_OF_THE_API",
  },
  "auth0:index/role:Role": {
    find: async (inputs) => (await auth0.getRole({ name: text(inputs, "name") })).id,
    example: "rol_…",
  },
  "okta:auth/serverScope:ServerScope": {
    find: async (inputs) => {
      const authServerId = text(inputs, "authServerId");
      const { scopes } = await okta.auth.getServerScopes({ authServerId });
      return `${authServerId}/${idOf(scopes.find(({ name }) => name === inputs.name))}`;
    },
    example: "aus…/scp…",
  },
  "okta:auth/serverPolicy:ServerPolicy": {
    find: async (inputs) => {
      const authServerId = text(inputs, "authServerId");
      const { id } = await okta.auth.getServerPolicy({ authServerId, name: text(inputs, "name") });
      return `${authServerId}/${id}`;
    },
    example: "aus…/00p…",
  },
  "okta:auth/serverPolicyRule:ServerPolicyRule": {
    // Okta's provider has no function that finds a rule.
    find: () => Promise.reject(new Error("A rule cannot be looked up.")),
    example: "aus…/00p…/0pr…",
  },
};

function idOf(found: { readonly id: string } | undefined): string {
  if (found === undefined) throw new Error("Nothing has this name.");
  return found.id;
}
