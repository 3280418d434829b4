import type { Auth0Context } from "../../context.ts";
import { renderIdentifier } from "../../management/resource-servers/identifier.ts";
import { compact } from "../../objects.ts";
import { bindingFor } from "../dpop.ts";
import { signAccessToken } from "./access-token.ts";
import { signIdToken } from "./id-token.ts";
import { encryptToken, OPAQUE_LIFETIME } from "./opaque-token.ts";
import { decideScopes } from "./scopes.ts";
import type { UserAuthorization } from "./scopes.ts";

/** What further differs between the grants that give tokens to people. */
interface UserTokenOptions {
  /** Thumbprint of the key that the request proves to have (DPoP). */
  readonly key: string | undefined;
  readonly gty?: "refresh_token";
  readonly sessionId?: string | undefined;
  readonly nonce?: string | undefined;
  readonly authTime?: number | undefined;
  /** Gives the refresh token, where one goes with the granted scopes; `jkt` is what the access token is bound to. */
  readonly refreshToken: (granted: readonly string[], jkt: string | undefined) => string | undefined;
}

/** The answer of `/oauth/token` for a person's tokens. Permissions are those of this moment. */
export async function userTokens(
  context: Auth0Context,
  origin: string,
  authorization: UserAuthorization,
  options: UserTokenOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const { client, user, api, organization } = authorization;
  const { permissions, scope } = decideScopes(context, authorization);
  const cnf = bindingFor(client, api, options.key);
  const refreshToken = options.refreshToken(scope, cnf?.jkt);
  const accessToken = await accessTokenFor(context, origin, authorization, {
    scope,
    permissions,
    cnf,
    options,
  });
  const idToken = scope.includes("openid")
    ? await signIdToken(context, origin, { client, user, scope, organization, ...options })
    : undefined;
  return compact({
    access_token: accessToken,
    refresh_token: refreshToken,
    id_token: idToken,
    scope: scope.length === 0 ? undefined : scope.join(" "),
    expires_in: api?.token_lifetime ?? OPAQUE_LIFETIME,
    token_type: cnf === undefined ? "Bearer" : "DPoP",
  });
}

interface Granted {
  readonly scope: readonly string[];
  readonly permissions: readonly string[];
  readonly cnf: { readonly jkt: string } | undefined;
  readonly options: UserTokenOptions;
}

function accessTokenFor(
  context: Auth0Context,
  origin: string,
  { client, user, api, organization }: UserAuthorization,
  { scope, permissions, cnf, options: { gty } }: Granted,
): Promise<string> {
  const subject = user.user_id;
  if (api === undefined) {
    return encryptToken(context, origin, { subject, clientId: client.client_id, scope, cnf });
  }
  const identifier = renderIdentifier(origin, api.identifier);
  const audience = scope.includes("openid") ? [identifier, `${origin}/userinfo`] : identifier;
  const token = { subject, client, api, audience, scope, permissions, organization, cnf, gty };
  return signAccessToken(context, origin, token);
}
