import { isRecord } from "../json.ts";

/** What stands in the request log in place of a secret. */
const MASK = "***";

/** Names of secrets without regard to case, `_` and `-`. */
const SECRET_NAMES = new Set([
  "accesstoken",
  "actortoken",
  "apikey",
  "apitoken",
  "assertion",
  "clientassertion",
  "clientsecret",
  "code",
  "codeverifier",
  "custompasswordhash",
  "idtoken",
  "idtokenhint",
  "invitation",
  "loginhinttoken",
  "oldpassword",
  "otp",
  "password",
  "passwordhash",
  "privatekey",
  "recoveryquestion",
  "refreshtoken",
  "secret",
  "signingsecret",
  "subjecttoken",
  "ticket",
  "token",
]);

/** These hold secrets under names that the caller chooses. */
const SECRET_OBJECTS = new Set(["configuration", "custompasswordhash", "password", "recoveryquestion"]);

/** The members of a JWK that are private. */
const PRIVATE_JWK_MEMBERS = new Set(["d", "p", "q", "dp", "dq", "qi", "k", "oth"]);

/** A private key in PEM, or a signed token, whatever the name it goes by. */
const SECRET_TEXT = /-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[\w-]+\.eyJ[\w-]*\.[\w-]+$/;

/** A copy of a value with the values of secret properties masked, at any depth. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === "string") return SECRET_TEXT.test(value) ? MASK : value;
  if (!isRecord(value)) return value;
  const isJwk = "kty" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const secret = isSecret(key, inner) || (isJwk && PRIVATE_JWK_MEMBERS.has(key));
      return [key, secret ? MASK : masked(inner)];
    }),
  );
}

function isSecret(key: string, value: unknown): boolean {
  // A secret set to null is not a secret, and a reader of the log wants to see that it was unset.
  if (value === null) return false;
  const name = key.toLowerCase().replaceAll(/[_-]/g, "");
  return typeof value === "object" && !Array.isArray(value)
    ? SECRET_OBJECTS.has(name)
    : SECRET_NAMES.has(name);
}

/** A path with query in which the values of secret parameters are masked; everything else is left as sent. */
export function maskedUrl(url: string): string {
  return url.replaceAll(
    // A name without `?`, so that many of them are not read again from each.
    /([?&])([^=&?]+)=([^&]*)/g,
    (whole: string, mark: string, key: string, value: string) =>
      isSecret(decoded(key), value) || SECRET_TEXT.test(decoded(value)) ? `${mark}${key}=${MASK}` : whole,
  );
}

/** A part of a query without its escapes; unchanged when they are malformed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
