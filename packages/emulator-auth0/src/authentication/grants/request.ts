import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { OAuthError } from "../../errors.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { isMember } from "../../management/organizations/membership.ts";
import { storedIdentifier } from "../../management/resource-servers/identifier.ts";
import { apiStored, mayDelegate, notGranted, takesResource } from "../apis.ts";
import type { Parameters } from "../parameters.ts";
import type { Authorized } from "../tokens/refresh-tokens.ts";
import type { UserAuthorization } from "../tokens/scopes.ts";

/** A token request whose client has proved who it is, or is one that cannot. */
export interface GrantRequest {
  readonly client: ClientRecord;
  /** Thumbprint of the key that the request proves to have (DPoP). */
  readonly key: string | undefined;
  readonly parameters: Parameters;
  readonly call: Call;
  readonly context: Auth0Context;
}

/**
 * Throws where a token request names another `resource` than the one that was let (RFC 8707, 2.2), in a tenant that
 * takes it.
 */
export function requireGranted(
  { context, call, parameters: { resource } }: GrantRequest,
  { audience }: Pick<Authorized, "audience">,
): void {
  if (resource === undefined || !takesResource(context)) return;
  if (storedIdentifier(call.origin, resource) === audience) return;
  throw new OAuthError(400, "invalid_target", `The resource was not granted: ${resource}`);
}

/**
 * What a code or a refresh token stands for, as it is by now: the person may have been blocked or taken out of the
 * organization, the API may be gone.
 */
export function resolveAuthorization(
  context: Auth0Context,
  client: ClientRecord,
  { user_id: userId, scope, audience, organization_id: organizationId }: Authorized,
): UserAuthorization {
  const { data } = context;
  const user = data.users.get(userId);
  if (user === undefined) throw new OAuthError(403, "invalid_grant", "The user does not exist.");
  if (user.blocked === true) throw new OAuthError(403, "unauthorized", "user is blocked");
  const api = apiStored(context, audience);
  if (audience !== undefined && api === undefined) {
    throw new OAuthError(403, "access_denied", `Service not found: ${audience}`);
  }
  if (api !== undefined && !mayDelegate(context, client, api)) {
    throw new OAuthError(403, "access_denied", notGranted(client, api.identifier));
  }
  if (organizationId !== undefined && !isMember(context, organizationId, userId)) {
    const text = `user ${userId} is not part of the ${organizationId} organization`;
    throw new OAuthError(403, "access_denied", text);
  }
  const organization = organizationId === undefined ? undefined : data.organizations.get(organizationId);
  return { client, user, asked: scope, api, organization };
}
