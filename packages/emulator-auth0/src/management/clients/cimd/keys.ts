import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../../context.ts";
import { jwkThumbprint } from "../../public-keys.ts";
import { addCredential } from "../credentials.ts";
import { fetchObject, Unavailable } from "./fetch.ts";

/** Bytes. */
const LONGEST_JWKS = 12 * 1024;

/** A public key of a client, as its document's `jwks_uri` has it. */
export interface DocumentKey {
  readonly kid: string;
  readonly alg: "RS256" | "RS384" | "PS256";
  readonly pem: string;
}

const jwk = z
  .looseObject({
    kty: z.literal("RSA"),
    kid: z.string().optional(),
    alg: z.enum(["RS256", "RS384", "PS256"]).default("RS256"),
  })
  .refine((key) => !("d" in key));
const jwksSchema = z.object({ keys: z.array(jwk).min(1) });

/** The keys at a `jwks_uri`. Throws Unavailable, also for a set that has a private key in it. */
export async function fetchKeys(context: Auth0Context, uri: string): Promise<DocumentKey[]> {
  const { data } = jwksSchema.safeParse(await fetchObject(context, uri, LONGEST_JWKS));
  if (data === undefined) throw new Unavailable(`${uri} has to be a set of public RSA keys.`);
  try {
    return data.keys.map(({ kid, alg, ...key }) => {
      const made = createPublicKey({ key, format: "jwk" });
      const pem = made.export({ type: "spki", format: "pem" }).toString();
      return { kid: kid ?? jwkThumbprint(made), alg, pem };
    });
  } catch (cause) {
    throw new Unavailable(`${uri} has a key that cannot be read.`, { cause });
  }
}

/**
 * Makes a client's credentials those of its keys; gives their ids. A key of a `kid` that is known stays as it is: a
 * new one has to have another (Auth0 docs, "CIMD client key rotation").
 */
export function keepKeys(context: Auth0Context, clientId: string, keys: readonly DocumentKey[]): string[] {
  const { credentials } = context.data;
  const kids = keys.map(({ kid }) => kid);
  const known = credentials.find(eq("client_id", clientId));
  for (const { id, kid = "" } of known) {
    if (!kids.includes(kid)) credentials.delete(compositeKey(clientId, id));
  }
  return keys.map(
    (key) =>
      known.find(({ kid }) => kid === key.kid)?.id ??
      addCredential(context, clientId, { credential_type: "public_key", ...key }).id,
  );
}
