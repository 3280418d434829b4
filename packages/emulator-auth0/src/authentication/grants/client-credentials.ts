import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { storedIdentifier } from "../../audience.ts";
import type { Client, ClientGrant, Organization, ResourceServer } from "../../collections.ts";
import { OAuthError } from "../../errors.ts";
import { clientSettings, isPublicClient } from "../client-settings.ts";
import { defaultAudience, findOrganization } from "../lookups.ts";
import { words } from "../parameters.ts";
import { signAccessToken } from "../tokens/access-token.ts";
import { grantFor, policyOf } from "../tokens/scopes.ts";
import type { GrantRequest } from "./index.ts";

function denied(description: string): OAuthError {
  return new OAuthError(403, "access_denied", description);
}

/** The `client_credentials` grant: a token for a client itself, for one API, perhaps within an organization. */
export async function clientCredentials(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, parameters, call, context } = request;
  const { db } = context;
  if (isPublicClient(client)) throw new OAuthError(401, "access_denied", "Unauthorized");
  const audience = parameters.audience ?? defaultAudience(db);
  if (audience === undefined) throw denied("Non-global clients are not allowed access to APIv1");
  const api = db.resourceServers.first(eq("identifier", storedIdentifier(call.origin, audience)));
  if (api === undefined) throw denied(`Service not enabled within domain: ${audience}`);
  const grant = policyOf(api, "client") === "deny_all" ? undefined : grantFor(db, client, api, "client");
  if (grant === undefined) {
    throw denied(
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const scope = grantedScopes(grant, api, parameters.scope);
  const token = await signAccessToken(context, call.origin, {
    subject: `${client.client_id}@clients`,
    client,
    api,
    audience,
    scope,
    permissions: scope,
    organization: organizationFor(request, grant),
    gty: "client-credentials",
  });
  return {
    access_token: token,
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    expires_in: api.token_lifetime,
    token_type: "Bearer",
  };
}

function grantedScopes(grant: ClientGrant, api: ResourceServer, asked: string | undefined): string[] {
  const allowed =
    grant.allow_all_scopes === true ? (api.scopes ?? []).map(({ value }) => value) : (grant.scope ?? []);
  if (asked === undefined) return allowed;
  const wanted = words(asked);
  const refused = wanted.filter((scope) => !allowed.includes(scope));
  if (refused.length > 0) throw denied(`Client has not been granted scopes: ${refused.join(", ")}`);
  return wanted;
}

/**
 * Which organization a token is for (Auth0 docs: Machine-to-Machine access for organizations). The exact
 * texts of the refusals are not published.
 */
function organizationFor(
  { client, parameters, context: { db } }: GrantRequest,
  grant: ClientGrant,
): Organization | undefined {
  const usage = grant.organization_usage ?? "deny";
  const asked = parameters.organization ?? (usage === "require" ? defaultOrganization(client) : undefined);
  if (asked === undefined) {
    if (usage !== "require") return undefined;
    throw new OAuthError(400, "invalid_request", "parameter organization is required for this client");
  }
  if (usage === "deny") throw denied("parameter organization is not allowed for this client");
  const organization = findOrganization(db, asked);
  if (organization === undefined)
    throw new OAuthError(400, "invalid_request", `parameter organization is invalid: ${asked}`);
  const associated = db.organizationClientGrants.has(compositeKey(organization.id, grant.id));
  if (grant.allow_any_organization !== true && !associated) {
    throw denied(`client is not part of the ${organization.id} organization`);
  }
  return organization;
}

/** Auth0 docs: the default organization takes the place of the parameter in the flows that it is set for. */
function defaultOrganization(client: Client): string | undefined {
  const setting = clientSettings(client).default_organization;
  return setting?.flows.includes("client_credentials") === true ? setting.organization_id : undefined;
}
