import { OAuthError } from "../../errors.ts";
import { requireParameter, words } from "../parameters.ts";
import { redeemRefreshToken } from "../tokens/refresh-tokens.ts";
import { userTokens } from "../tokens/user-tokens.ts";
import { requireGranted, resolveAuthorization } from "./request.ts";
import type { GrantRequest } from "./request.ts";

/**
 * The `refresh_token` grant: new tokens with what the person may do by now. `scope` may ask for less than what was
 * let; more is left out.
 */
export async function refreshToken(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, key, parameters, call, context } = request;
  const token = requireParameter(parameters, "refresh_token");
  const redeemed = context.transaction(() => {
    const found = redeemRefreshToken(context, client, { token, key });
    // What throws here leaves the token as it was.
    if (found !== undefined) requireGranted(request, found.authorized);
    return found;
  });
  if (redeemed === undefined) {
    throw new OAuthError(403, "invalid_grant", "Unknown or invalid refresh token.");
  }
  const { authorized, next } = redeemed;
  const narrower = words(parameters.scope);
  const scope =
    narrower.length === 0 ? authorized.scope : authorized.scope.filter((one) => narrower.includes(one));
  const resolved = resolveAuthorization(context, client, { ...authorized, scope });
  return userTokens(context, call.origin, resolved, { key, gty: "refresh_token", refreshToken: () => next });
}
