import { isPublicClient } from "../client-settings.ts";
import { unauthorized } from "../client-authentication.ts";
import { requireParameter } from "../parameters.ts";
import { exchangeCode } from "../tokens/codes.ts";
import { issueRefreshToken } from "../tokens/refresh-tokens.ts";
import { userTokens } from "../tokens/user-tokens.ts";
import { requireGranted, resolveAuthorization } from "./request.ts";
import type { GrantRequest } from "./request.ts";

/** The `authorization_code` grant: tokens for the person whose sign-in gave the code. */
export async function authorizationCode(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, key, parameters, call, context } = request;
  const { redirect_uri: redirectUri, code_verifier: verifier } = parameters;
  const code = requireParameter(parameters, "code");
  // Whoever keeps no secret proves by the verifier that the code is its own.
  if (verifier === undefined && isPublicClient(client)) throw unauthorized();
  const { authorized, family } = exchangeCode(context, client, { code, redirectUri, verifier });
  requireGranted(request, authorized);
  return userTokens(context, call.origin, resolveAuthorization(context, client, authorized), {
    key,
    sessionId: authorized.session_id,
    nonce: authorized.nonce,
    authTime: authorized.auth_time,
    refreshToken: (granted, jkt) => {
      if (!granted.includes("offline_access")) return undefined;
      // RFC 9449, 5: the one of an application that proves itself by its credentials is bound to these.
      const bound = isPublicClient(client) ? jkt : undefined;
      return issueRefreshToken(context, client, authorized, {
        id: family,
        beganAt: context.clock(),
        jkt: bound,
      });
    },
  });
}
