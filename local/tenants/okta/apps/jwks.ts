import { z } from "zod";

/** The members of a JWK that only the owner of a key may know (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

const common = {
  id: z.string().nullish(),
  kid: z.string().min(1).nullish(),
  status: z
    .enum(["ACTIVE", "INACTIVE"])
    .nullish()
    .transform((value) => value ?? "ACTIVE"),
  use: z
    .enum(["sig", "enc"])
    .nullish()
    .transform((value) => value ?? null),
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
    crv: z
      .enum(["P-256", "P-384", "P-521"])
      .nullish()
      .transform((value) => value ?? null),
  }),
]);

/** A client's public key as a request carries it. */
export type ClientKey = z.output<typeof publicKey>;

/** A client's public key as it is kept: with Okta's id of it. */
export type StoredClientKey = ClientKey & { readonly id: string };

/** A client's public key in the store. */
export const storedClientKey = publicKey.and(z.object({ id: z.string() }));

/**
 * `jwks` of a request. Okta docs, "Applications API": at most 50 keys, each with a `kid` when there are more
 * than one. Private members are refused before anything else is looked at: such a key must never be stored.
 */
export const jwksBody = z.object({
  keys: z
    .array(z.unknown().superRefine(refusePrivate).pipe(publicKey))
    .max(50, "must hold at most 50 keys")
    .superRefine(checkKids),
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

function checkKids(keys: readonly ClientKey[], context: z.RefinementCtx): void {
  if (keys.length < 2) return;
  const kids = keys.map((key) => key.kid);
  if (kids.includes(undefined) || kids.includes(null)) {
    context.addIssue({ code: "custom", message: "each key must have a kid when there are more than one" });
  } else if (new Set(kids).size < kids.length) {
    context.addIssue({ code: "custom", message: "each key must have a kid of its own" });
  }
}

/** A key as Okta answers it. Okta shows `use` and `crv` as null when they were not given. */
export function renderClientKey(key: StoredClientKey): Record<string, string | null> {
  const head = {
    kty: key.kty,
    id: key.id,
    status: key.status,
    ...withValue("kid", key.kid),
    use: key.use,
    ...withValue("alg", key.alg),
  };
  return key.kty === "RSA" ? { ...head, e: key.e, n: key.n } : { ...head, x: key.x, y: key.y, crv: key.crv };
}

function withValue(name: string, value: string | null | undefined): Record<string, string> {
  return value === null || value === undefined ? {} : { [name]: value };
}
