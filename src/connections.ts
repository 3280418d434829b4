import * as pulumi from "@pulumi/pulumi";
import { DatabaseConnection } from "./components/auth0/database-connection.ts";
import { IdentityProviderConnection } from "./components/auth0/identity-provider-connection.ts";
import { OktaSignIn } from "./components/okta/okta-sign-in.ts";
import type { ConnectionConfig } from "./config/connections/index.ts";
import type { StackConfig } from "./config/index.ts";
import type { Found } from "./lookups/index.ts";

/** A connection that organizations use. */
export interface DeclaredConnection {
  readonly connectionId: pulumi.Input<string>;
  /** Whether the stack creates it. */
  readonly isOwn: boolean;
  /** Whether it may be the one connection that the stack's only organization had. */
  readonly isFormer: boolean;
}

/** Every connection that an organization of the stack names, by name. One that exists may be named by several. */
export function declareConnections(
  config: StackConfig,
  found: Found,
): ReadonlyMap<string, DeclaredConnection> {
  const declared = new Map<string, DeclaredConnection>();
  for (const organization of config.organizations) {
    const { file, connections } = organization;
    const wasOnly = file === undefined || file.formerly === "";
    for (const connection of connections) {
      if (declared.has(connection.name)) continue;
      const isFormer = wasOnly && connection === connections[0];
      const isDomainLevel = forThirdParties(config, connection.name);
      const parts = { config, found, isFormer, isDomainLevel };
      declared.set(connection.name, { ...declare(connection, parts), isFormer });
    }
  }
  return declared;
}

interface Surroundings {
  readonly config: StackConfig;
  readonly found: Found;
  readonly isFormer: boolean;
  readonly isDomainLevel: boolean | undefined;
}

/**
 * Whether people may come through it with applications of third parties: one of its organizations says so. Auth0 takes
 * that from an organization and from its connection. Undefined where no organization says anything.
 */
function forThirdParties({ organizations }: StackConfig, name: string): boolean | undefined {
  const said = organizations
    .filter(({ connections }) => connections.some((one) => one.name === name))
    .flatMap(({ thirdPartyClientAccess: access }) => access ?? []);
  return said.length === 0 ? undefined : said.includes("allow");
}

function declare(
  connection: ConnectionConfig,
  { config, found, isFormer, isDomainLevel }: Surroundings,
): Omit<DeclaredConnection, "isFormer"> {
  const name = `connection.${connection.name}`;
  switch (connection.kind) {
    case "existing":
      return { connectionId: found.connections.get(connection.name)?.id ?? "", isOwn: false };
    case "database": {
      const formerUrns = isFormer ? [formerUrn()] : undefined;
      return own(new DatabaseConnection(name, { ...connection, formerUrns, isDomainLevel }));
    }
    case "okta": {
      const { name: connectionName, displayName = connectionName, groups } = connection;
      const ids = groups.map((group) => [group, found.groupIds.get(group) ?? ""] as const);
      return own(
        new OktaSignIn(name, {
          ...{ connectionName, displayName, groupIds: Object.fromEntries(ids), isDomainLevel },
          oktaDomain: config.oktaDomain ?? "",
          auth0Domains: [found.organizationDomain],
        }),
      );
    }
    case "oidc":
    case "google":
    case "github":
    case "strategy": {
      const secret = config.connectionSecrets[connection.name];
      const clientSecret = secret === undefined ? undefined : pulumi.secret(secret);
      return own(new IdentityProviderConnection(name, { ...connection, clientSecret, isDomainLevel }));
    }
  }
}

function own({ connectionId }: { readonly connectionId: pulumi.Output<string> }) {
  return { connectionId, isOwn: true };
}

/** Of the database that was declared together with the stack's only organization. */
function formerUrn(): pulumi.Output<string> {
  const parent = pulumi.createUrn("organization", "ai-api-access:auth0:OrganizationAccess");
  return pulumi.createUrn("organization-users", "auth0:index/connection:Connection", parent);
}
