import { z } from "zod";
import { status, orNull, withDefault } from "../body.ts";

/** The members of a JWK that only the owner of a key may know (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

const common = {
  id: z.string().nullish(),
  kid: z.string().min(1).nullish(),
  status: withDefault(status, "ACTIVE"),
  use: orNull(z.enum(["sig", "enc"])),
  alg: z.string().nullish(),
};

const base64url = z.string().regex(/^[\w-]+$/, "must be base64url");

const publicKey = z.discriminatedUnion("kty", [
  z.object({ ...common, kty: z.literal("RSA"), e: base64url, n: base64url }),
  z.object({
    ...common,
    kty: z.literal("EC"),
    x: base64url,
    y: base64url,
    crv: orNull(z.enum(["P-256", "P-384", "P-521"])),
  }),
]);

/** A client's public key as a request carries it. */
export type ClientKey = z.output<typeof publicKey>;

export const storedClientKey = publicKey.and(
  z.object({ id: z.string(), created: z.string(), lastUpdated: z.string() }),
);

/** A client's public key in the store: with Okta's id of it, and when it came and last changed. */
export type StoredClientKey = z.output<typeof storedClientKey>;

/** Okta docs, "Applications API": how many keys a client can have. */
export const MOST_KEYS = 50;

/**
 * One key of a request. Private members are refused before anything else is looked at: such a key must never be
 * stored.
 */
export const clientKeyBody = z.unknown().superRefine(refusePrivate).pipe(publicKey);

/** `jwks` of a request. Okta docs, "Applications API": each key has a `kid` when there are more than one. */
export const jwksBody = z.object({
  keys: z
    .array(clientKeyBody)
    .max(MOST_KEYS, `must hold at most ${String(MOST_KEYS)} keys`)
    .superRefine(checkKeys),
});

function refusePrivate(key: unknown, context: z.RefinementCtx): void {
  if (typeof key !== "object" || key === null) return;
  const found = PRIVATE_MEMBERS.filter((member) => member in key);
  if (found.length > 0) {
    context.addIssue({
      code: "custom",
      message: `must hold the public key only: take out the private members ${found.join(", ")}`,
    });
  }
}

/** In bits. */
const SHORTEST_RSA = 2048;

/** Whether a key is too short for Okta (Okta docs, "Add a JSON Web Key"). */
export function isShort(key: ClientKey): boolean {
  return key.kty === "RSA" && bitsOf(key.n) < SHORTEST_RSA;
}

/** The length of a base64url number in bits. */
function bitsOf(text: string): number {
  const bytes = Buffer.from(text, "base64url");
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (bytes.length - start) * 8 - Math.clz32(bytes[start] ?? 0) + 24;
}

/** What Okta says of such a key (Okta docs, "Add a JSON Web Key"). */
export const SHORT_KEY = "RSA key length in the 'jwks' is less than '2,048' bits for the given key.";

function checkKeys(keys: readonly ClientKey[], context: z.RefinementCtx): void {
  const message = keys.some(isShort) ? SHORT_KEY : wrongKids(keys);
  if (message !== undefined) context.addIssue({ code: "custom", message });
}

/**
 * What is wrong with the names of a client's keys, if anything. The texts: Okta docs, "Add a JSON Web Key".
 */
export function wrongKids(keys: readonly Pick<ClientKey, "kid">[]): string | undefined {
  if (keys.length < 2) return undefined;
  const kids = keys.map(({ kid }) => kid ?? undefined);
  if (kids.includes(undefined)) {
    return (
      "Each key should have a unique kid when adding multiple keys. Use the Apps API to update the JWKS to add a " +
      "kid for the existing key, or delete the existing key and re-add the key with a kid using the JWKS APIs."
    );
  }
  return new Set(kids).size < kids.length ? "All keys in the 'jwks' must have a unique kid." : undefined;
}

/** A key as Okta answers it. Okta shows `use` and `crv` as null when they were not given. */
export function renderClientKey(key: StoredClientKey): Record<string, string | null> {
  const head = {
    kty: key.kty,
    id: key.id,
    status: key.status,
    ...(key.kid ? { kid: key.kid } : {}),
    use: key.use,
    ...(key.alg ? { alg: key.alg } : {}),
  };
  return key.kty === "RSA" ? { ...head, e: key.e, n: key.n } : { ...head, x: key.x, y: key.y, crv: key.crv };
}
