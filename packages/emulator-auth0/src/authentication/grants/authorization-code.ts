import { OAuthError } from "../../errors.ts";
import { isPublicClient } from "../client-settings.ts";
import { exchangeCode } from "../tokens/codes.ts";
import { issueRefreshToken } from "../tokens/refresh-tokens.ts";
import { userTokens } from "../tokens/user-tokens.ts";
import type { GrantRequest } from "./index.ts";
import { resolveGrant } from "./resolve.ts";

/** The `authorization_code` grant: tokens for the person whose sign-in gave the code. */
export async function authorizationCode(request: GrantRequest): Promise<Readonly<Record<string, unknown>>> {
  const { client, parameters, call, context } = request;
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = parameters;
  if (code === undefined) throw new OAuthError(400, "invalid_request", "Missing required parameter: code");
  // Whoever keeps no secret proves by the verifier that the code is its own.
  if (verifier === undefined && isPublicClient(client)) {
    throw new OAuthError(401, "access_denied", "Unauthorized");
  }
  const { facts, family } = exchangeCode(context, client, { code, redirectUri, verifier });
  const resolved = resolveGrant(context, client, facts);
  return userTokens(context, call.origin, resolved, {
    sessionId: facts.session_id,
    nonce: facts.nonce,
    authTime: facts.auth_time,
    refreshToken: (granted) =>
      granted.includes("offline_access")
        ? issueRefreshToken(context, client, facts, { id: family, beganAt: context.clock() })
        : undefined,
  });
}
