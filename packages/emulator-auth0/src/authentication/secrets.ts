import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Auth0Context } from "../context.ts";

/**
 * A random key of the tenant's own for one purpose, made when it is first needed: 32 bytes, base64url.
 * Call it inside a transaction, or where nothing else writes.
 */
export function tenantSecret(
  { data }: Auth0Context,
  name: "cookies" | "forms" | "opaque tokens" | "dpop nonces",
): string {
  const known = data.secrets.get(name);
  if (known !== undefined) return known.value;
  return data.secrets.insert({ name, value: randomBytes(32).toString("base64url") }).value;
}

/** The SHA-256 of a text, base64url: what is stored of codes and refresh tokens, which nobody can use from there. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** What a form has to bring along to be the tenant's own: an authentication code of what it is for. */
export function formCode(context: Auth0Context, purpose: string): string {
  return createHmac("sha256", tenantSecret(context, "forms")).update(purpose).digest("base64url");
}
