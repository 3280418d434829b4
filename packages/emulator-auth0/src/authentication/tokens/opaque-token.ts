import { EncryptJWT, jwtDecrypt } from "jose";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { tenantSecret } from "../secrets.ts";

/** How long an access token for no API holds, in seconds: the vendor's default lifetime of tokens. */
export const OPAQUE_LIFETIME = 86_400;

interface OpaqueToken {
  readonly subject: string;
  readonly clientId: string;
  readonly scope: readonly string[];
  /** What the token is bound to. */
  readonly cnf: { readonly jkt: string } | undefined;
}

/**
 * An access token for nothing but `/userinfo`, which is what a request without an audience gets: it is encrypted,
 * so that nobody takes it for one that an API could check (Auth0 docs: access tokens).
 */
export function encryptToken(context: Auth0Context, origin: string, token: OpaqueToken): Promise<string> {
  const now = context.seconds();
  return new EncryptJWT(compact({ azp: token.clientId, scope: token.scope.join(" "), cnf: token.cnf }))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", iss: `${origin}/` })
    .setIssuer(`${origin}/`)
    .setSubject(token.subject)
    .setAudience(`${origin}/userinfo`)
    .setIssuedAt(now)
    .setExpirationTime(now + OPAQUE_LIFETIME)
    .encrypt(keyOf(context));
}

/** The claims of a token that {@link encryptToken} made. Throws when it is none, or no longer good. */
export async function decryptToken(context: Auth0Context, origin: string, token: string) {
  const { payload } = await jwtDecrypt(token, keyOf(context), {
    issuer: `${origin}/`,
    audience: `${origin}/userinfo`,
    contentEncryptionAlgorithms: ["A256GCM"],
    keyManagementAlgorithms: ["dir"],
    currentDate: new Date(context.clock()),
  });
  return payload;
}

function keyOf(context: Auth0Context): Uint8Array {
  return Buffer.from(tenantSecret(context, "opaque tokens"), "base64url");
}
