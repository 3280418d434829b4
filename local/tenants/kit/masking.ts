import { isRecord } from "./json.ts";

/** What stands in the request log in place of a secret. */
export const MASK = "***";

const SECRET_KEYS = new Set([
  "client_secret",
  "clientSecret",
  "client_assertion",
  "password",
  "password_hash",
  "custom_password_hash",
  "token",
  "access_token",
  "refresh_token",
  "id_token",
  "id_token_hint",
  "code",
  "code_verifier",
  "privateKey",
  "private_key",
  "signing_secret",
  "api_token",
  "secret",
  "configuration",
]);

/** The members of a JWK that are private. */
const PRIVATE_JWK_MEMBERS = new Set(["d", "p", "q", "dp", "dq", "qi", "k"]);

/** A copy of a value with the values of secret properties masked, at any depth. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  const isJwk = "kty" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const secret = SECRET_KEYS.has(key) || (isJwk && PRIVATE_JWK_MEMBERS.has(key));
      // A secret set to null is not a secret, and whoever reads the log wants to see that it was unset.
      return [key, secret && inner !== null ? MASK : masked(inner)];
    }),
  );
}

/** A path with query in which the values of secret parameters are masked; everything else is left as sent. */
export function maskedUrl(url: string): string {
  return url.replaceAll(/([?&])([^=&]+)=([^&]*)/g, (whole: string, mark: string, key: string) =>
    SECRET_KEYS.has(key) ? `${mark}${key}=${MASK}` : whole,
  );
}
