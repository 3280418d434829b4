import { and, compositeKey, eq } from "../../../kit/index.ts";
import { storedIdentifier } from "../../audience.ts";
import type { ClientGrant, Collections, Organization, ResourceServer } from "../../collections.ts";
import { OAuthError } from "../../errors.ts";
import { signAccessToken } from "../access-token.ts";
import type { GrantRequest } from "./index.ts";

function denied(description: string): OAuthError {
  return new OAuthError(403, "access_denied", description);
}

/** The `client_credentials` grant: a token for a client itself, for one API, perhaps within an organization. */
export async function clientCredentials(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, parameters, call, context } = request;
  const { db } = context;
  const audience = parameters.audience ?? defaultAudience(db);
  if (audience === undefined) throw denied("Non-global clients are not allowed access to APIv1");
  const api = db.resourceServers.first(eq("identifier", storedIdentifier(call.origin, audience)));
  if (api === undefined) throw denied(`Service not enabled within domain: ${audience}`);
  const grant = db.clientGrants.first(
    and<"client_id" | "audience" | "subject_type">(
      eq("client_id", client.client_id),
      eq("audience", api.identifier),
      eq("subject_type", "client"),
    ),
  );
  if (grant === undefined) {
    throw denied(
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const scope = grantedScopes(grant, api, parameters.scope);
  const organization = organizationFor(request, grant);
  const token = await signAccessToken(context, call.origin, { client, api, audience, scope, organization });
  return {
    access_token: token,
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    expires_in: api.token_lifetime,
    token_type: "Bearer",
  };
}

function defaultAudience(db: Collections): string | undefined {
  const audience = db.settings.get("settings")?.default_audience;
  return typeof audience === "string" && audience !== "" ? audience : undefined;
}

function grantedScopes(grant: ClientGrant, api: ResourceServer, asked: string | undefined): string[] {
  const allowed =
    grant.allow_all_scopes === true ? (api.scopes ?? []).map(({ value }) => value) : (grant.scope ?? []);
  if (asked === undefined) return allowed;
  const wanted = [...new Set(asked.split(" ").filter((scope) => scope !== ""))];
  const refused = wanted.filter((scope) => !allowed.includes(scope));
  if (refused.length > 0) throw denied(`Client has not been granted scopes: ${refused.join(", ")}`);
  return wanted;
}

/**
 * Which organization a token is for (Auth0 docs: Machine-to-Machine access for organizations). The exact
 * texts of the refusals are not published.
 */
function organizationFor(
  { client, parameters, context }: GrantRequest,
  grant: ClientGrant,
): Organization | undefined {
  const { db } = context;
  const usage = grant.organization_usage ?? "deny";
  const asked = parameters.organization ?? (usage === "require" ? defaultOrganization(client) : undefined);
  if (asked === undefined) {
    if (usage === "require")
      throw new OAuthError(400, "invalid_request", "parameter organization is required for this client");
    return undefined;
  }
  if (usage === "deny") throw denied("parameter organization is not allowed for this client");
  const byName = db.settings.get("settings")?.allow_organization_name_in_authentication_api === true;
  const organization =
    db.organizations.get(asked) ?? (byName ? db.organizations.first(eq("name", asked)) : undefined);
  if (organization === undefined)
    throw new OAuthError(400, "invalid_request", "invalid parameter organization");
  const associated = db.organizationClientGrants.has(compositeKey(organization.id, grant.id));
  if (grant.allow_any_organization !== true && !associated) {
    throw denied(`client is not part of the ${organization.id} organization`);
  }
  return organization;
}

function defaultOrganization(client: GrantRequest["client"]): string | undefined {
  const setting = client.default_organization;
  if (typeof setting !== "object" || setting === null) return undefined;
  const id: unknown = Reflect.get(setting, "organization_id");
  return typeof id === "string" ? id : undefined;
}
