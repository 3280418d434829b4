import { fastifyCookie } from "@fastify/cookie";
import type { Call, Cookie } from "@ai-api-access/emulator-core";
import type { Collections } from "../../collections.ts";
import { tenantSecret } from "../secrets.ts";

/** What a browser keeps for the tenant: who is signed in, and which browser it is. */
export type CookieKind = "session" | "browser";

/**
 * Cookies know no ports, so the name has the tenant's: two tenants on one machine do not sign each other's people
 * out. Over TLS the prefix keeps everybody but this host from setting it.
 */
function nameOf({ origin, secure }: Call, kind: CookieKind): string {
  return `${secure ? "__Host-" : ""}auth0-${new URL(origin).port}-${kind}`;
}

function signerOf(db: Collections) {
  return fastifyCookie.signerFactory(tenantSecret(db, "cookies"));
}

/** A cookie's value, if the tenant itself signed it. */
export function readCookie(db: Collections, call: Call, kind: CookieKind): string | undefined {
  const signed = call.cookies[nameOf(call, kind)];
  const unsigned = signed === undefined ? undefined : signerOf(db).unsign(signed);
  return unsigned?.valid === true ? unsigned.value : undefined;
}

/** A signed cookie; for as long as the browser runs when `maxAge` (seconds) is left out. */
export function signedCookie(
  db: Collections,
  call: Call,
  kind: CookieKind,
  { value, maxAge }: { readonly value: string; readonly maxAge?: number | undefined },
): Cookie {
  const cookie = { ...attributes(call, kind), value: signerOf(db).sign(value) };
  return maxAge === undefined ? cookie : { ...cookie, maxAge };
}

/** What takes a cookie away. */
export function noCookie(call: Call, kind: CookieKind): Cookie {
  return { ...attributes(call, kind), value: "", maxAge: 0 };
}

function attributes(call: Call, kind: CookieKind): Omit<Cookie, "value"> {
  // Lax, not strict: the browser comes from the application's site.
  return { name: nameOf(call, kind), path: "/", httpOnly: true, secure: call.secure, sameSite: "lax" };
}
