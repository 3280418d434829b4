import { eq } from "@ai-api-access/emulator-core";
import type { Client } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { OAuthError } from "../../errors.ts";
import { isMember } from "../tokens/permissions.ts";
import type { Grant } from "../tokens/refresh-tokens.ts";
import type { UserAuthorization } from "../tokens/user-tokens.ts";

/**
 * What a code or a refresh token stands for, as it is by now: the person may have been blocked or taken out of the
 * organization, the API may be gone.
 */
export function resolveGrant({ db }: Auth0Context, client: Client, grant: Grant): UserAuthorization {
  const user = db.users.get(grant.user_id);
  if (user === undefined) throw new OAuthError(403, "invalid_grant", "The user does not exist.");
  if (user.blocked === true) throw new OAuthError(403, "unauthorized", "user is blocked");
  const api =
    grant.audience === undefined ? undefined : db.resourceServers.first(eq("identifier", grant.audience));
  if (grant.audience !== undefined && api === undefined) {
    throw new OAuthError(403, "access_denied", `Service not found: ${grant.audience}`);
  }
  const organization =
    grant.organization_id === undefined ? undefined : db.organizations.get(grant.organization_id);
  if (grant.organization_id !== undefined && !isMember(db, grant.organization_id, user.user_id)) {
    const text = `user ${user.user_id} is not part of the ${grant.organization_id} organization`;
    throw new OAuthError(403, "access_denied", text);
  }
  return { client, user, asked: grant.scope, api, organization };
}
