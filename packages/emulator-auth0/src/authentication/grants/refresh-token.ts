import { OAuthError } from "../../errors.ts";
import { words } from "../parameters.ts";
import { redeemRefreshToken } from "../tokens/refresh-tokens.ts";
import { userTokens } from "../tokens/user-tokens.ts";
import type { GrantRequest } from "./index.ts";
import { resolveGrant } from "./resolve.ts";

/**
 * The `refresh_token` grant: new tokens with what the person may do by now. `scope` may ask for less than what was
 * let; more is left out.
 */
export async function refreshToken(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, parameters, call, context } = request;
  if (parameters.refresh_token === undefined) {
    throw new OAuthError(400, "invalid_request", "Missing required parameter: refresh_token");
  }
  const redeemed = redeemRefreshToken(context, client, parameters.refresh_token);
  if (redeemed === undefined) {
    throw new OAuthError(403, "invalid_grant", "Unknown or invalid refresh token.");
  }
  const { grant, next } = redeemed;
  const narrower = words(parameters.scope);
  const asked = narrower.length === 0 ? grant.scope : grant.scope.filter((scope) => narrower.includes(scope));
  const resolved = resolveGrant(context, client, { ...grant, scope: asked });
  return userTokens(context, call.origin, resolved, { gty: "refresh_token", refreshToken: () => next });
}
