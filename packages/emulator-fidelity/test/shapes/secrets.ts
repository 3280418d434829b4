/** Looks for the secrets that a tenant keeps in the answers that it gives. */
import { z } from "zod";

/** What the tenants call the secrets that they keep: of clients, of people, their own. */
const SECRET_KEYS = new Set([
  "client_secret",
  "clientSecret",
  "secret",
  "apiToken",
  "password",
  "hash",
  "salt",
  "privateKey",
  "d",
  "p",
  "q",
]);
const SHORTEST = 12;

const recordSchema = z.record(z.string(), z.unknown());

/** The secrets in all that a tenant holds. */
export function secretsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return SECRET_KEYS.has(key) && value.length >= SHORTEST ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((inner) => secretsIn(inner, key));
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? Object.entries(parsed.data).flatMap(([name, inner]) => secretsIn(inner, name)) : [];
}

/** The operations whose answers hold one of the secrets. */
export function showing(
  secrets: readonly string[],
  answers: readonly (readonly [operation: string, body: unknown])[],
): Set<string> {
  const shown = answers.filter(([, body]) => {
    const text = JSON.stringify(body ?? null);
    return secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
  });
  return new Set(shown.map(([operation]) => operation));
}
