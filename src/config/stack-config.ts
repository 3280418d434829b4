import type { ConfigSource } from "./source.ts";
import type { ParsedConfig } from "./schema/index.ts";

type Parsed<K extends keyof ParsedConfig> = NonNullable<ParsedConfig[K]>;

/** How the organization uses a connection, whichever connection it is. */
interface ConnectionUse {
  readonly assignMembershipOnLogin: boolean;
  readonly isSignupEnabled: boolean;
  readonly showAsButton: boolean | undefined;
}

/** A database connection that the stack creates. */
export interface OwnConnection extends ConnectionUse {
  readonly kind: "own";
  readonly name: string;
  readonly passwordPolicy: string;
  /** Deleting a database connection deletes its users, so a stack does it only when told to. */
  readonly deleteWithStack: boolean;
}

/** A connection that exists and stays as it is. */
export interface ExistingConnection extends ConnectionUse {
  readonly kind: "existing";
  readonly name: string;
}

export type ConnectionConfig = OwnConnection | ExistingConnection;

/** A person is named by exactly one of the two. */
export type Person = { readonly user: string } | { readonly email: string };

export interface MemberConfig {
  readonly person: Person;
  /** Where it stands in the configuration, for messages: `ai-api-access:members[2]`. */
  readonly key: string;
  /** Names of declared roles, names of roles that exist, or ids. */
  readonly roles: readonly string[];
}

/** People in a file, kept in one resource. */
export interface RosterConfig {
  /** A path from the folder of Pulumi.yaml. */
  readonly membersFile: string;
  readonly mode: "additive" | "authoritative";
  readonly removeAtMostPercent: number | undefined;
  readonly consentToRemove: number | undefined;
  /** The id of the organization whose people are taken over. */
  readonly adopt: string | undefined;
}

/** How the service app proves who it is. With a key there is no secret at all, from the first day on. */
export type ServiceAppAuthentication =
  | { readonly method: "client_secret_post" | "client_secret_basic" }
  | { readonly method: "private_key_jwt"; readonly jwks: readonly PublicJwk[] }
  | { readonly method: "private_key_jwt"; readonly jwksUri: string };

/** The members of a JWK that the Okta provider sends. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid: string;
  readonly e?: string;
  readonly n?: string;
  readonly x?: string;
  readonly y?: string;
}

export type AuthorizationServerConfig =
  | { readonly kind: "own"; readonly name: string; readonly description: string; readonly audience: string }
  | { readonly kind: "existing"; readonly id: string };

export interface ServiceAppConfig {
  readonly label: string;
  readonly authentication: ServiceAppAuthentication;
  readonly authorizationServer: AuthorizationServerConfig;
  readonly scopes: Parsed<"serviceApp">["scopes"];
  readonly accessTokenLifetimeMinutes: number;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
}

/** The checked configuration of one stack, with every default filled in. */
export interface StackConfig {
  readonly organization: Parsed<"organization">;
  readonly connection: ConnectionConfig;
  readonly loginApp: Parsed<"loginApp"> | undefined;
  readonly api: Parsed<"api">;
  readonly roles: Parsed<"roles">;
  readonly members: readonly MemberConfig[];
  /** The people in a file instead. */
  readonly roster: RosterConfig | undefined;
  readonly serviceApp: ServiceAppConfig;
  /**
   * The domain at which the organization logs in: the custom domain, else the tenant's as configured for the
   * provider. Undefined when only the provider knows it (a login of the Auth0 CLI).
   */
  readonly organizationDomain: string | undefined;
}

function connectionOf(parsed: Parsed<"connection">): ConnectionConfig {
  const { assignMembershipOnLogin, isSignupEnabled, showAsButton } = parsed;
  const use = { assignMembershipOnLogin, isSignupEnabled, showAsButton };
  if (parsed.existing !== undefined) return { kind: "existing", name: parsed.existing, ...use };
  return {
    kind: "own",
    name: parsed.name ?? "",
    passwordPolicy: parsed.passwordPolicy ?? "good",
    deleteWithStack: parsed.deleteWithStack,
    ...use,
  };
}

function authenticationOf(app: Parsed<"serviceApp">): ServiceAppAuthentication {
  const method = app.tokenEndpointAuthMethod;
  if (method !== "private_key_jwt") return { method };
  if (app.jwksUri !== undefined) return { method, jwksUri: app.jwksUri };
  return { method, jwks: (app.jwks ?? []).map(publicJwk) };
}

/** What the provider sends of a key: it has no place for use, alg and crv. */
function publicJwk({ kty, kid, e, n, x, y }: NonNullable<Parsed<"serviceApp">["jwks"]>[number]): PublicJwk {
  return {
    kty,
    kid,
    ...(e === undefined ? {} : { e }),
    ...(n === undefined ? {} : { n }),
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
  };
}

function serviceAppOf(config: ParsedConfig): ServiceAppConfig {
  const app = config.serviceApp;
  const server = app.authorizationServer;
  const name = server.name ?? config.api.name;
  return {
    label: app.label,
    authentication: authenticationOf(app),
    authorizationServer:
      server.existing !== undefined
        ? { kind: "existing", id: server.existing }
        : {
            kind: "own",
            name,
            description: server.description ?? name,
            audience: app.audience ?? config.api.identifier,
          },
    scopes: app.scopes,
    accessTokenLifetimeMinutes: app.accessTokenLifetimeMinutes,
    redirectUris: app.redirectUris,
    postLogoutRedirectUris: app.postLogoutRedirectUris,
  };
}

function rosterOf({ membersFile, roster }: ParsedConfig): RosterConfig | undefined {
  if (membersFile === undefined) return undefined;
  const { mode = "additive", removeAtMostPercent, consentToRemove, adopt } = roster ?? {};
  return { membersFile, mode, removeAtMostPercent, consentToRemove, adopt };
}

/** The tenant's domain as the Auth0 provider is told it: configuration first, then the environment. */
export function tenantDomain(source: ConfigSource): string | undefined {
  const value = source.values["auth0:domain"] ?? source.environment.AUTH0_DOMAIN;
  // The provider drops a scheme and keeps a port.
  const domain = value?.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return domain === "" ? undefined : domain;
}

/** Turns a configuration without mistakes into what the stack is declared from. */
export function toStackConfig(parsed: ParsedConfig, source: ConfigSource): StackConfig {
  return {
    organization: parsed.organization,
    connection: connectionOf(parsed.connection),
    loginApp: parsed.loginApp,
    api: parsed.api,
    roles: parsed.roles,
    members: parsed.members.map(({ user, email, roles }, index) => ({
      person: user === undefined ? { email: email ?? "" } : { user },
      key: `ai-api-access:members[${String(index)}]`,
      roles,
    })),
    roster: rosterOf(parsed),
    serviceApp: serviceAppOf(parsed),
    organizationDomain: parsed.customDomain ?? tenantDomain(source),
  };
}
