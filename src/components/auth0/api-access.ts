import { ClientGrant } from "@pulumi/auth0/clientGrant.js";
import { ResourceServer } from "@pulumi/auth0/resourceServer.js";
import { ResourceServerScopes } from "@pulumi/auth0/resourceServerScopes.js";
import { Role } from "@pulumi/auth0/role.js";
import { RolePermissions } from "@pulumi/auth0/rolePermissions.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { apiAccessInputs } from "../checks/roles.ts";

export interface ApiPermission {
  /** 1 to 280 characters without blanks. */
  readonly name: pulumi.Input<string>;
  readonly description?: pulumi.Input<string> | undefined;
}

export interface ApiRole {
  /** Part of the logical name, so it is known before anything is created. */
  readonly name: string;
  /** The name, unless it is given. */
  readonly description?: pulumi.Input<string> | undefined;
  /** Names of permissions of the API, at least one. */
  readonly permissions: pulumi.Input<string>[];
}

export interface ApiAccessArgs {
  /** The audience of tokens, 1 to 600 characters without blanks. A change replaces the API. */
  readonly identifier: pulumi.Input<string>;
  /** 1 to 200 characters without `<` and `>`. */
  readonly name: pulumi.Input<string>;
  /** 1 to 1000. */
  readonly permissions: ApiPermission[];
  /** 1 to 2,592,000 seconds, in browsers at most 7,200 of them; 86,400 unless given. */
  readonly tokenLifetimeSeconds?: pulumi.Input<number> | undefined;
  /** Applications may have refresh tokens for it; `false` unless given. */
  readonly offlineAccess?: pulumi.Input<boolean> | undefined;
  /**
   * Which applications get people's tokens for it: `require_client_grant` (those with a client grant, the default) or
   * `allow_all` of the tenant. Machines need a grant in any case.
   */
  readonly accessPolicy?: pulumi.Input<string> | undefined;
  /** Whether tokens are bound to keys of applications, and which applications get no other; Auth0's default is `none`. */
  readonly proofOfPossession?: ProofOfPossession | undefined;
  /** It is an MCP server, and tokens have the form of RFC 9068; `false` unless given. */
  readonly mcp?: boolean | undefined;
  /** What every application of a third party may ask for on behalf of people; nothing unless given. */
  readonly thirdPartyPermissions?: pulumi.Input<string>[] | undefined;
  readonly roles: ApiRole[];
}

export interface ProofOfPossession {
  /** `dpop` or `none`. */
  readonly mechanism: string;
  /** `all_clients` or `public_clients`; with `dpop` only. */
  readonly requiredFor?: string | undefined;
}

/**
 * The API with its permissions, and the roles that give them: a token carries what its person's roles allow.
 * Management API: POST /api/v2/resource-servers, /roles and /roles/{id}/permissions.
 */
export class ApiAccess extends pulumi.ComponentResource {
  static readonly inputs = apiAccessInputs;

  /** The identifier. What depends on it comes after the permissions, which have to be there before they can be given. */
  readonly audience: pulumi.Output<string>;
  /** Whether no application gets a token that is bound to nothing. */
  readonly isProofRequired: boolean;
  /** Ids of the declared roles, by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ApiAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(ApiAccess.inputs, args);
    super("ai-api-access:auth0:ApiAccess", name, {}, opts);

    const api = declareApi(name, args, this);
    const permissions = new ResourceServerScopes(
      `${name}-permissions`,
      { resourceServerIdentifier: api.identifier, scopes: args.permissions.map((one) => ({ ...one })) },
      { parent: this, deletedWith: api },
    );

    if (args.thirdPartyPermissions) {
      new ClientGrant(
        `${name}-third-parties`,
        {
          ...{ defaultFor: "third_party_clients", audience: api.identifier, subjectType: "user" },
          scopes: [...args.thirdPartyPermissions],
        },
        { parent: this, dependsOn: permissions },
      );
    }

    // The URN is known in a preview too, so only the dependency is added.
    this.audience = pulumi.all([api.identifier, permissions.urn]).apply(([identifier]) => identifier);
    this.isProofRequired = args.proofOfPossession?.requiredFor === "all_clients";
    this.roleIds = Object.fromEntries(
      args.roles.map((role) => [role.name, declareRole(name, role, { api, permissions }, this).id]),
    );
    this.registerOutputs({ audience: this.audience, roleIds: this.roleIds });
  }
}

/** What Auth0 uses for tokens that a browser asks for when nothing else is set, in seconds. */
const WEB_LIFETIME = 7200;

function declareApi(name: string, args: ApiAccessArgs, parent: pulumi.Resource): ResourceServer {
  // Sent although they are Auth0's own: what is left out, the provider leaves as it was.
  const { tokenLifetimeSeconds: lifetime = 86_400, offlineAccess = false } = args;
  const { accessPolicy = "require_client_grant", mcp = false } = args;
  return new ResourceServer(
    name,
    {
      identifier: args.identifier,
      name: args.name,
      signingAlg: "RS256",
      // Both are needed for roles to reach the token: RBAC, and a dialect that writes `permissions` into it.
      enforcePolicies: true,
      tokenDialect: mcp ? "rfc9068_profile_authz" : "access_token_authz",
      subjectTypeAuthorization: {
        user: { policy: accessPolicy },
        client: { policy: "require_client_grant" },
      },
      allowOfflineAccess: offlineAccess,
      tokenLifetime: lifetime,
      // The lifetime in browsers must not be the longer one.
      tokenLifetimeForWeb: pulumi.output(lifetime).apply((seconds) => Math.min(seconds, WEB_LIFETIME)),
      ...(args.proofOfPossession && { proofOfPossession: possessionArgs(args.proofOfPossession) }),
    },
    { parent },
  );
}

function possessionArgs({ mechanism, requiredFor }: ProofOfPossession) {
  if (mechanism === "none") return { disable: true };
  if (requiredFor === undefined) return { mechanism, required: false };
  return { mechanism, required: true, requiredFor };
}

interface ApiParts {
  readonly api: ResourceServer;
  readonly permissions: ResourceServerScopes;
}

function declareRole(component: string, role: ApiRole, parts: ApiParts, parent: pulumi.Resource): Role {
  const name = `${component}-role-${role.name}`;
  const { api, permissions } = parts;
  const description = role.description ?? role.name;
  const declared = new Role(name, { name: role.name, description }, { parent });
  new RolePermissions(
    name,
    {
      roleId: declared.id,
      permissions: role.permissions.map((permission) => ({
        resourceServerIdentifier: api.identifier,
        name: permission,
      })),
    },
    // A permission must be on the API before a role can give it.
    { parent, dependsOn: permissions, deletedWith: declared },
  );
  return declared;
}
