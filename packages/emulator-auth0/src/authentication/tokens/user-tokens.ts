import { shownIdentifier } from "../../audience.ts";
import type { Client, Organization, ResourceServer } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { User } from "../../users-collection.ts";
import { signAccessToken } from "./access-token.ts";
import { signIdToken } from "./id-token.ts";
import { encryptToken, OPAQUE_LIFETIME } from "./opaque-token.ts";
import { permissionsFor } from "./permissions.ts";
import { grantedScopes } from "./scopes.ts";

/** What a person let an application have, resolved. */
export interface UserAuthorization {
  readonly client: Client;
  readonly user: User;
  /** The scopes asked for. */
  readonly asked: readonly string[];
  /** Absent when the request named none: then the access token is for `/userinfo` alone. */
  readonly api: ResourceServer | undefined;
  readonly organization: Organization | undefined;
}

/** What further differs between the grants that give tokens to people. */
export interface UserTokenOptions {
  readonly gty?: "refresh_token";
  readonly sessionId?: string | undefined;
  readonly nonce?: string | undefined;
  readonly authTime?: number | undefined;
  /** Gives the refresh token, where one goes with the granted scopes. */
  readonly refreshToken: (granted: readonly string[]) => string | undefined;
}

/** The answer of `/oauth/token` for a person's tokens. Permissions are those of this moment. */
export async function userTokens(
  context: Auth0Context,
  origin: string,
  authorization: UserAuthorization,
  options: UserTokenOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const { client, user, asked, api, organization } = authorization;
  const { db } = context;
  const permissions = api === undefined ? [] : permissionsFor(db, user.user_id, api, organization);
  const scope = grantedScopes(db, asked, { client, api, permissions });
  const refreshToken = options.refreshToken(scope);
  const userinfo = `${origin}/userinfo`;
  const accessToken =
    api === undefined
      ? await encryptToken(context, origin, { subject: user.user_id, clientId: client.client_id, scope })
      : await signAccessToken(context, origin, {
          subject: user.user_id,
          client,
          api,
          audience: scope.includes("openid")
            ? [shownIdentifier(origin, api.identifier), userinfo]
            : shownIdentifier(origin, api.identifier),
          scope,
          permissions,
          organization,
          ...(options.gty === undefined ? {} : { gty: options.gty }),
        });
  const idToken = scope.includes("openid")
    ? await signIdToken(context, origin, { client, user, scope, organization, ...options })
    : undefined;
  return {
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    expires_in: api?.token_lifetime ?? OPAQUE_LIFETIME,
    token_type: "Bearer",
  };
}
