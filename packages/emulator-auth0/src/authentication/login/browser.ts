import { fastifyCookie } from "@fastify/cookie";
import { urlSafe } from "@ai-api-access/emulator-core";
import type { Call, Cookie } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { tenantSecret } from "../secrets.ts";

/** What a browser keeps for the tenant: who is signed in, and which browser it is. */
type CookieKind = "session" | "browser";

/**
 * Cookies know no ports, so the name has the tenant's: two tenants on one machine do not sign each other's people
 * out. Over TLS the prefix keeps everybody but this host from setting it.
 */
function nameOf({ origin, secure }: Call, kind: CookieKind): string {
  return `${secure ? "__Host-" : ""}auth0-${new URL(origin).port}-${kind}`;
}

function signerOf(context: Auth0Context) {
  return fastifyCookie.signerFactory(tenantSecret(context, "cookies"));
}

/** A cookie's value, if the tenant itself signed it. */
export function readCookie(context: Auth0Context, call: Call, kind: CookieKind): string | undefined {
  const signed = call.cookies[nameOf(call, kind)];
  const unsigned = signed === undefined ? undefined : signerOf(context).unsign(signed);
  return unsigned?.valid === true ? unsigned.value : undefined;
}

/** A signed cookie; for as long as the browser runs when `maxAge` (seconds) is left out. */
export function signedCookie(
  context: Auth0Context,
  call: Call,
  kind: CookieKind,
  { value, maxAge }: { readonly value: string; readonly maxAge?: number | undefined },
): Cookie {
  const cookie = { ...attributes(call, kind), value: signerOf(context).sign(value) };
  return maxAge === undefined ? cookie : { ...cookie, maxAge };
}

/** What takes a cookie away. */
export function expiredCookie(call: Call, kind: CookieKind): Cookie {
  return { ...attributes(call, kind), value: "", maxAge: 0 };
}

function attributes(call: Call, kind: CookieKind): Omit<Cookie, "value"> {
  // Lax, not strict: the browser comes from the application's site.
  return { name: nameOf(call, kind), path: "/", httpOnly: true, secure: call.secure, sameSite: "lax" };
}

/** The browser that a request comes from, and the cookie to set when it was not known before. */
export function browserFor(context: Auth0Context, call: Call): { id: string; cookies: Cookie[] } {
  const known = readCookie(context, call, "browser");
  if (known !== undefined) return { id: known, cookies: [] };
  const id = urlSafe(32);
  return { id, cookies: [signedCookie(context, call, "browser", { value: id })] };
}
