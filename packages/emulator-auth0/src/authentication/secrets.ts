import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Collections } from "../collections.ts";

/**
 * A random key of the tenant's own for one purpose, made when it is first needed: 32 bytes, base64url.
 * Call it inside a transaction, or where nothing else writes.
 */
export function tenantSecret(db: Collections, name: "cookies" | "forms" | "opaque tokens"): string {
  const known = db.secrets.get(name);
  if (known !== undefined) return known.value;
  return db.secrets.insert({ name, value: randomBytes(32).toString("base64url") }).value;
}

/** What is stored of a code or a refresh token: whoever reads the database cannot use it. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** A text's authentication code under a tenant's secret, base64url. */
export function authenticationCode(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
