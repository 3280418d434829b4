import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { compare, eq, urlSafe } from "@ai-api-access/emulator-core";
import type { AppRecord } from "../apps/record.ts";
import { privateKeyOf, publicKeyOf } from "../authorization-servers/keys.ts";
import type { SigningKeyRecord } from "../authorization-servers/record.ts";
import type { OktaContext } from "../context.ts";
import type { UserRecord } from "../users/record.ts";
import { customClaims } from "./claims.ts";
import type { Issuer } from "./issuer.ts";

/** What an access token says. */
interface TokenFacts {
  readonly client: AppRecord;
  readonly scopes: readonly string[];
  /** In seconds. */
  readonly lifetime: number;
  /** Thumbprint of the key that it is bound to (DPoP). */
  readonly jkt: string | undefined;
  /** Who let the client have it; absent where the client acts for itself. */
  readonly user?: UserRecord;
}

/** The key with which an issuer signs. */
export function activeKey({ data }: OktaContext, keyOwner: string): SigningKeyRecord {
  const key = data.signingKeys.find(eq("ownerId", keyOwner)).find(({ status }) => status === "ACTIVE");
  if (key === undefined) throw new Error(`The issuer with the id ${keyOwner} has no active key.`);
  return key;
}

/**
 * Signs an access token (Okta docs, "Access token"): for a client itself without a `uid`, since nobody is behind it,
 * and no more in the header than the algorithm and the key.
 */
export async function signAccessToken(
  context: OktaContext,
  issuer: Issuer,
  { client, scopes, lifetime, jkt, user }: TokenFacts,
): Promise<string> {
  const { data, seconds } = context;
  const clientId = client.oauthCredentials.client_id;
  const key = activeKey(context, issuer.keyOwner);
  const now = seconds();
  const claims = {
    sub: user?.profile.login ?? clientId,
    ...(user === undefined ? {} : { uid: user.id }),
    ...(issuer.server === undefined ? {} : customClaims(context, issuer.server, client, scopes)),
    ver: 1,
    jti: `AT.${urlSafe(43)}`,
    iss: issuer.issuer,
    aud: issuer.audience,
    iat: now,
    exp: now + lifetime,
    cid: clientId,
    scp: scopes,
    ...(jkt === undefined ? {} : { cnf: { jkt } }),
  };
  return new SignJWT(claims).setProtectedHeader({ kid: key.kid, alg: "RS256" }).sign(privateKeyOf(data, key));
}

const claimsSchema = z.looseObject({
  jti: z.string(),
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  iat: z.number(),
  exp: z.number(),
  cid: z.string(),
  uid: z.string().optional(),
  scp: z.array(z.string()),
  cnf: z.object({ jkt: z.string() }).optional(),
});

/** The claims of an access token of this org. */
type AccessTokenClaims = z.output<typeof claimsSchema>;

/** Why an access token is not good (Okta docs, "OAuth 2.0 error codes", `invalid_token`). */
type Flaw = "The access token is invalid." | "The token has expired." | "The access token has been revoked.";

/** What an access token says, or why it is not good. */
export type Checked = { readonly claims: AccessTokenClaims } | { readonly flaw: Flaw };

/** Checks a token against its issuer: signature, times, whether it was revoked, whether its client is still there. */
export async function checkAccessToken(
  context: OktaContext,
  issuer: Issuer,
  token: string,
): Promise<Checked> {
  const claims = await verified(context, issuer, token);
  if (claims === undefined) return { flaw: "The access token is invalid." };
  const { data, seconds } = context;
  if (claims.exp <= seconds()) return { flaw: "The token has expired." };
  const client = data.apps.first(eq("clientId", claims.cid));
  // Okta docs: deactivating the client ends its tokens for good.
  const ended = client?.status !== "ACTIVE" || claims.iat <= (client.tokensEndedAt ?? 0);
  if (ended || issuer.server?.status === "INACTIVE" || data.revokedTokens.has(claims.jti)) {
    return { flaw: "The access token has been revoked." };
  }
  return { claims };
}

async function verified(
  { data }: OktaContext,
  { issuer, keyOwner }: Issuer,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid = "" }) => {
        const key = data.signingKeys.get(kid);
        if (key?.ownerId !== keyOwner) throw new Error("Not a key of this issuer.");
        return publicKeyOf(data, key);
      },
      // The caller checks the times, since an expired token gets another refusal.
      { algorithms: ["RS256"], issuer, currentDate: new Date(0) },
    );
    return claimsSchema.parse(payload);
  } catch {
    return undefined;
  }
}

/** Ends a token before its time. */
export function revoke({ data, seconds }: OktaContext, { jti, exp }: AccessTokenClaims): void {
  data.revokedTokens.deleteWhere(compare("exp", "<=", seconds()));
  data.revokedTokens.put({ jti, exp });
}
