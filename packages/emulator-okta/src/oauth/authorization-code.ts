import { SignJWT } from "jose";
import { sameText, urlSafe } from "@ai-api-access/emulator-core";
import type { AppRecord } from "../apps/record.ts";
import { privateKeyOf } from "../authorization-servers/keys.ts";
import type { OktaContext } from "../context.ts";
import { digest, takeCode } from "../sign-in/codes.ts";
import type { CodeRecord } from "../sign-in/record.ts";
import type { UserRecord } from "../users/record.ts";
import { activeKey, signAccessToken } from "./access-token.ts";
import { OAuthError } from "./errors.ts";
import type { Issuer } from "./issuer.ts";
import type { Parameters } from "./parameters.ts";
import { personClaims } from "./userinfo.ts";

/** Okta docs, "Token lifetime": not to be changed for tokens of the org itself. In seconds. */
const LIFETIME = 3600;

/** RFC 7636, 4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/;

function invalidGrant(description: string): OAuthError {
  return new OAuthError(400, "invalid_grant", description);
}

/** The code of this client, if the request fits it (RFC 6749, 4.1.3). */
function exchanged(context: OktaContext, client: AppRecord, parameters: Parameters): CodeRecord {
  const { code = "", redirect_uri: uri, code_verifier: verifier } = parameters;
  const found = takeCode(context, code);
  if (found?.clientId !== client.oauthCredentials.client_id || found.exp < context.seconds()) {
    throw invalidGrant("The authorization code is invalid or has expired.");
  }
  if (uri !== found.redirectUri) {
    throw invalidGrant(
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    );
  }
  const challenge = verifier === undefined || !VERIFIER.test(verifier) ? undefined : digest(verifier);
  if (!sameText(challenge ?? "", found.codeChallenge ?? "")) {
    throw invalidGrant("PKCE verification failed.");
  }
  return found;
}

interface Asked {
  readonly client: AppRecord;
  readonly parameters: Parameters;
  /** Thumbprint of the key that the token is to be bound to. */
  readonly jkt: string | undefined;
}

/** The body of the answer to an `authorization_code` grant of the org itself. */
export async function authorizationCode(
  context: OktaContext,
  issuer: Issuer,
  { client, parameters, jkt }: Asked,
) {
  const code = exchanged(context, client, parameters);
  const user = context.data.users.get(code.userId);
  if (user?.status !== "ACTIVE") throw invalidGrant("The authorization code is invalid or has expired.");
  const { scopes } = code;
  const accessToken = await signAccessToken(context, issuer, {
    client,
    scopes,
    lifetime: LIFETIME,
    jkt,
    user,
  });
  return {
    token_type: jkt === undefined ? "Bearer" : "DPoP",
    expires_in: LIFETIME,
    access_token: accessToken,
    scope: scopes.join(" "),
    id_token: await signIdToken(context, issuer, code, user),
  };
}

async function signIdToken(
  context: OktaContext,
  { issuer, keyOwner }: Issuer,
  code: CodeRecord,
  user: UserRecord,
) {
  const { data, seconds } = context;
  const key = activeKey(context, keyOwner);
  const now = seconds();
  const claims = {
    ...personClaims(user, code.scopes),
    ver: 1,
    iss: issuer,
    aud: code.clientId,
    iat: now,
    exp: now + LIFETIME,
    jti: `ID.${urlSafe(43)}`,
    amr: ["pwd"],
    idp: context.org().id,
    auth_time: code.authTime,
    ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
  };
  return new SignJWT(claims).setProtectedHeader({ kid: key.kid, alg: "RS256" }).sign(privateKeyOf(data, key));
}
