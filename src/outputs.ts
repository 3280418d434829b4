import type * as pulumi from "@pulumi/pulumi";
import type { ServiceAppOutputs } from "./base-stack.ts";
import type { DocumentClient } from "./components/auth0/document-client.ts";
import type { ApiAccess } from "./components/auth0/api-access.ts";
import type { ServiceApp } from "./components/okta/service-app.ts";
import type { StackConfig } from "./config/index.ts";
import type { Found } from "./lookups/index.ts";
import type { OrganizationMachine } from "./components/auth0/organization-machine.ts";
import type { DeclaredOrganization } from "./organization.ts";

/**
 * What an application reads to let the right callers in, and what a caller needs to get a token. Resolved, it is
 * checked by `packages/cli/src/app-config/contract.ts` before `ai-api-access app-config` passes it on.
 */
interface AppConfig {
  readonly auth0: {
    /** `iss` of the tokens of people. */
    readonly issuer: pulumi.Input<string>;
    /** `aud` of the tokens of people. */
    readonly audience: pulumi.Input<string>;
    /** Of the only organization. */
    readonly organizationId?: pulumi.Input<string>;
    readonly organizationName?: pulumi.Input<string>;
    /** Of many: their ids by name. */
    readonly organizations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly organizationDomain: pulumi.Input<string>;
    /** The application through which people log in; absent when the stack declares none. */
    readonly clientId?: pulumi.Input<string>;
    /** Whether each token is bound to a key (DPoP); absent where Auth0 also gives others. */
    readonly proofOfPossession?: "required";
  };
  /** Absent when neither the stack nor its base has a service app. */
  readonly okta?: {
    /** `iss` of the tokens of machines. */
    readonly issuer: pulumi.Input<string>;
    readonly tokenEndpoint: pulumi.Input<string>;
    /** `aud` of the tokens of machines. */
    readonly audience: pulumi.Input<string>;
    /** `cid` of the tokens of machines. */
    readonly clientId: pulumi.Input<string>;
    /** Secret; absent with private_key_jwt. */
    readonly clientSecret?: pulumi.Output<string>;
    readonly scopes: readonly string[];
  };
}

/** The outputs of the stack. */
export interface StackOutputs {
  /** The domain at which the organization logs in, without a scheme. */
  readonly organizationDomain: pulumi.Input<string>;
  /** Of the only organization, and the connection that is named first. */
  readonly organizationId?: pulumi.Output<string>;
  readonly organizationName?: pulumi.Output<string>;
  readonly connectionId?: pulumi.Input<string>;
  readonly connectionIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Of many, by name. */
  readonly organizations?: Readonly<Record<string, OrganizationOutputs>>;
  readonly auth0Issuer: pulumi.Input<string>;
  readonly auth0Audience: pulumi.Input<string>;
  /** Client id of the login application; absent when there is none. */
  readonly auth0ClientId?: pulumi.Input<string>;
  /** Name to id, of the roles that the stack declares and of those that it found by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Client ids of the organizations' machines by name, and the secrets of those that have one. */
  readonly machineClientIds?: Readonly<Record<string, pulumi.Output<string>>>;
  readonly machineClientSecrets?: Readonly<Record<string, pulumi.Output<string>>>;
  /** Client ids of the applications in `clients`, by name. */
  readonly documentClientIds?: Readonly<Record<string, pulumi.Output<string>>>;
  /** Of the service app; these five are absent when there is none. */
  readonly clientId?: pulumi.Input<string>;
  /** Secret; absent with private_key_jwt. */
  readonly clientSecret?: pulumi.Output<string>;
  readonly oktaIssuer?: pulumi.Input<string>;
  readonly oktaTokenEndpoint?: pulumi.Input<string>;
  readonly oktaAudience?: pulumi.Input<string>;
  readonly oktaScopes?: readonly string[];
  /**
   * All of the above that an application reads. A plain object: inside a single output, the one secret in it would
   * make the whole of it secret.
   */
  readonly appConfig: AppConfig;
}

interface OrganizationOutputs {
  readonly organizationId: pulumi.Output<string>;
  /** Ids of its connections by name. */
  readonly connectionIds: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface StackParts {
  readonly config: StackConfig;
  readonly found: Pick<Found, "organizationDomain" | "api">;
  readonly organizations: readonly DeclaredOrganization[];
  readonly loginClientId: pulumi.Input<string> | undefined;
  readonly api: ApiAccess | undefined;
  readonly roleIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly machines: ReadonlyMap<string, OrganizationMachine>;
  readonly clients: ReadonlyMap<string, DocumentClient>;
  readonly serviceApp: ServiceApp | ServiceAppOutputs | undefined;
}

/** The outputs, gathered from the parts of the stack. */
export function stackOutputs(parts: StackParts): StackOutputs {
  const { config, found, organizations, loginClientId, api, roleIds, machines, clients, serviceApp } = parts;
  const { organizationDomain } = found;
  const [only] = config.organizations.some(({ file }) => file) ? [] : organizations;
  const auth0Issuer = `https://${organizationDomain}/`;
  const auth0Audience = api?.audience ?? found.api?.identifier ?? "";
  const isProofRequired = api?.isProofRequired ?? found.api?.isProofRequired;
  return {
    organizationDomain,
    ...(only ? ofOne(only) : { organizations: byName(organizations, ofMany) }),
    auth0Issuer,
    auth0Audience,
    ...(loginClientId !== undefined && { auth0ClientId: loginClientId }),
    roleIds,
    ...ofMachines(machines),
    ...(clients.size > 0 && { documentClientIds: idsOf(clients) }),
    ...(serviceApp && ofServiceApp(serviceApp)),
    appConfig: {
      auth0: {
        issuer: auth0Issuer,
        audience: auth0Audience,
        ...(only
          ? { organizationId: only.organizationId, organizationName: only.organizationName }
          : { organizations: byName(organizations, ({ organizationId }) => organizationId) }),
        organizationDomain,
        ...(loginClientId !== undefined && { clientId: loginClientId }),
        ...(isProofRequired && { proofOfPossession: "required" }),
      },
      ...(serviceApp && { okta: forApplications(serviceApp) }),
    },
  };
}

function byName<T>(organizations: readonly DeclaredOrganization[], of: (one: DeclaredOrganization) => T) {
  return Object.fromEntries(organizations.map((one) => [one.name, of(one)]));
}

function ofOne({ organizationId, organizationName, connectionIds }: DeclaredOrganization) {
  const [connectionId] = Object.values(connectionIds);
  return {
    ...{ organizationId, organizationName, connectionIds },
    ...(connectionId !== undefined && { connectionId }),
  };
}

function ofMany({ organizationId, connectionIds }: DeclaredOrganization): OrganizationOutputs {
  return { organizationId, connectionIds };
}

function ofMachines(machines: ReadonlyMap<string, OrganizationMachine>) {
  if (machines.size === 0) return {};
  const secrets = [...machines].flatMap(([name, { clientSecret }]) =>
    clientSecret === undefined ? [] : [[name, clientSecret] as const],
  );
  return {
    machineClientIds: idsOf(machines),
    ...(secrets.length > 0 && { machineClientSecrets: Object.fromEntries(secrets) }),
  };
}

function idsOf(clients: ReadonlyMap<string, { readonly clientId: pulumi.Output<string> }>) {
  return Object.fromEntries([...clients].map(([name, { clientId }]) => [name, clientId]));
}

type Service = ServiceApp | ServiceAppOutputs;

function ofServiceApp({ clientId, clientSecret, issuer, tokenEndpoint, audience, scopes }: Service) {
  return {
    clientId,
    ...(clientSecret && { clientSecret }),
    oktaIssuer: issuer,
    oktaTokenEndpoint: tokenEndpoint,
    oktaAudience: audience,
    oktaScopes: scopes,
  };
}

function forApplications({ clientId, clientSecret, issuer, tokenEndpoint, audience, scopes }: Service) {
  return { issuer, tokenEndpoint, audience, clientId, ...(clientSecret && { clientSecret }), scopes };
}
