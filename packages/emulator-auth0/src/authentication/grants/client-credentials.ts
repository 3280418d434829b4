import { compositeKey } from "@ai-api-access/emulator-core";
import { OAuthError } from "../../errors.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ClientGrantRecord } from "../../management/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import { compact } from "../../objects.ts";
import { apiNamed, audienceOf, grantFor, policyOf } from "../apis.ts";
import { unauthorized } from "../client-authentication.ts";
import { bindingFor } from "../dpop.ts";
import { clientSettings, isPublicClient } from "../client-settings.ts";
import { organizationNamed } from "../organizations.ts";
import { words } from "../parameters.ts";
import { isStrict } from "../third-parties.ts";
import { signAccessToken } from "../tokens/access-token.ts";
import type { GrantRequest } from "./request.ts";

function denied(description: string): OAuthError {
  return new OAuthError(403, "access_denied", description);
}

function invalid(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}

/** The `client_credentials` grant: a token for a client itself, for one API, perhaps within an organization. */
export async function clientCredentials(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, key, parameters, call, context } = request;
  if (isPublicClient(client)) throw unauthorized();
  const audience = audienceOf(context, parameters);
  if (audience === undefined) throw denied("Non-global clients are not allowed access to APIv1");
  const api = apiNamed(context, call.origin, audience);
  if (api === undefined) throw denied(`Service not enabled within domain: ${audience}`);
  const closed = policyOf(api, "client") === "deny_all";
  const grant = closed ? undefined : grantFor(context, client, api, "client");
  if (grant === undefined) {
    throw denied(
      `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API. See: https://auth0.com/docs/api/v2#!/Client_Grants/post_client_grants`,
    );
  }
  const scope = grantedScopes(grant, api, parameters.scope);
  const cnf = bindingFor(client, api, key);
  const token = await signAccessToken(context, call.origin, {
    subject: `${client.client_id}@clients`,
    client,
    api,
    audience,
    scope,
    permissions: scope,
    organization: organizationFor(request, grant),
    cnf,
    gty: "client-credentials",
  });
  return compact({
    access_token: token,
    scope: scope.length === 0 ? undefined : scope.join(" "),
    expires_in: api.token_lifetime,
    token_type: cnf === undefined ? "Bearer" : "DPoP",
  });
}

function grantedScopes(
  grant: ClientGrantRecord,
  { scopes = [] }: ResourceServerRecord,
  asked: string | undefined,
): string[] {
  const allowed = grant.allow_all_scopes === true ? scopes.map(({ value }) => value) : (grant.scope ?? []);
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
  { client, parameters, context }: GrantRequest,
  grant: ClientGrantRecord,
): OrganizationRecord | undefined {
  const usage = grant.organization_usage ?? "deny";
  const asked = parameters.organization ?? (usage === "require" ? defaultOrganization(client) : undefined);
  if (asked === undefined) {
    if (usage !== "require") return undefined;
    throw invalid("parameter organization is required for this client");
  }
  if (usage === "deny") throw denied("parameter organization is not allowed for this client");
  const organization = organizationNamed(context, asked);
  if (organization === undefined) throw invalid(`parameter organization is invalid: ${asked}`);
  const associated = context.data.organizationClientGrants.has(compositeKey(organization.id, grant.id));
  // Third parties' applications need each organization's own word (Auth0 docs, "Security Controls").
  const any = grant.allow_any_organization === true && !isStrict(client);
  if (!any && !associated) {
    throw denied(`client is not part of the ${organization.id} organization`);
  }
  return organization;
}

/** Auth0 docs: the default organization takes the place of the parameter in the flows that it is set for. */
function defaultOrganization(client: ClientRecord): string | undefined {
  const setting = clientSettings(client).default_organization;
  return setting?.flows.includes("client_credentials") === true ? setting.organization_id : undefined;
}
