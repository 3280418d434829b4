import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../../config/stack-config.ts";

export interface ApiAccessArgs {
  readonly api: StackConfig["api"];
  readonly roles: StackConfig["roles"];
}

/** The API with its permissions, and the roles that give them: a token carries what its person's roles allow. */
export class ApiAccess extends pulumi.ComponentResource {
  readonly audience: pulumi.Output<string>;
  /** Ids of the declared roles, by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ApiAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:ApiAccess", name, {}, opts);

    const api = declareApi(name, args.api, this);
    const permissions = new auth0.ResourceServerScopes(
      `${name}-permissions`,
      {
        resourceServerIdentifier: api.identifier,
        scopes: args.api.permissions.map((permission) => ({
          name: permission.name,
          ...(permission.description !== undefined && { description: permission.description }),
        })),
      },
      { parent: this },
    );

    this.audience = api.identifier;
    this.roleIds = Object.fromEntries(
      args.roles.map((role) => [role.name, declareRole(name, role, api, permissions, this).id]),
    );
    this.registerOutputs({ audience: this.audience, roleIds: this.roleIds });
  }
}

/** What Auth0 uses for tokens that a browser asks for when nothing else is set, in seconds. */
const WEB_LIFETIME = 7200;

function declareApi(name: string, api: StackConfig["api"], parent: pulumi.Resource): auth0.ResourceServer {
  const lifetime = api.tokenLifetimeSeconds;
  return new auth0.ResourceServer(
    name,
    {
      identifier: api.identifier,
      name: api.name,
      signingAlg: "RS256",
      // Both are needed for roles to reach the token: RBAC, and the dialect that writes `permissions` into it.
      enforcePolicies: true,
      tokenDialect: "access_token_authz",
      // The lifetime in browsers must not be the longer one.
      ...(lifetime !== undefined && {
        tokenLifetime: lifetime,
        tokenLifetimeForWeb: Math.min(lifetime, WEB_LIFETIME),
      }),
    },
    { parent },
  );
}

function declareRole(
  component: string,
  role: StackConfig["roles"][number],
  api: auth0.ResourceServer,
  permissions: auth0.ResourceServerScopes,
  parent: pulumi.Resource,
): auth0.Role {
  const name = `${component}-role-${role.name}`;
  const declared = new auth0.Role(
    name,
    { name: role.name, description: role.description ?? role.name },
    { parent },
  );
  new auth0.RolePermissions(
    name,
    {
      roleId: declared.id,
      permissions: role.permissions.map((permission) => ({
        resourceServerIdentifier: api.identifier,
        name: permission,
      })),
    },
    // A permission must be on the API before a role can give it.
    { parent, dependsOn: permissions },
  );
  return declared;
}
