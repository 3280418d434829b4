import { EncryptJWT, jwtDecrypt } from "jose";
import { epochSeconds } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { tenantSecret } from "../secrets.ts";

/** How long an access token for no API holds, in seconds: the vendor's default lifetime of tokens. */
export const OPAQUE_LIFETIME = 86_400;

/**
 * An access token for nothing but `/userinfo`, which is what a request without an audience gets: it is encrypted,
 * so that nobody takes it for one that an API could check (Auth0 docs: access tokens).
 */
export async function encryptToken(
  { db, clock }: Auth0Context,
  origin: string,
  token: { readonly subject: string; readonly clientId: string; readonly scope: readonly string[] },
): Promise<string> {
  const now = epochSeconds(clock);
  return new EncryptJWT({ azp: token.clientId, scope: token.scope.join(" ") })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", iss: `${origin}/` })
    .setIssuer(`${origin}/`)
    .setSubject(token.subject)
    .setAudience(`${origin}/userinfo`)
    .setIssuedAt(now)
    .setExpirationTime(now + OPAQUE_LIFETIME)
    .encrypt(keyOf(db));
}

/** The claims of a token that {@link encryptToken} made. Throws when it is none, or no longer good. */
export async function decryptToken({ db, clock }: Auth0Context, origin: string, token: string) {
  const { payload } = await jwtDecrypt(token, keyOf(db), {
    issuer: `${origin}/`,
    audience: `${origin}/userinfo`,
    contentEncryptionAlgorithms: ["A256GCM"],
    keyManagementAlgorithms: ["dir"],
    currentDate: new Date(clock()),
  });
  return payload;
}

function keyOf(db: Auth0Context["db"]): Uint8Array {
  return Buffer.from(tenantSecret(db, "opaque tokens"), "base64url");
}
