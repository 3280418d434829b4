import { importJWK } from "jose";
import type { CryptoKey, JWK, ProtectedHeaderParameters } from "jose";
import { z } from "zod";
import { jwksBody } from "../apps/jwk.ts";
import type { ClientKey } from "../apps/jwk.ts";
import type { AppRecord } from "../apps/record.ts";
import { invalidClient } from "./errors.ts";

/** For the keys at a client's `jwks_uri`. More than Okta gives: the client may share a busy machine with the tenant. */
const FETCH_TIMEOUT_MS = 30_000;

/**
 * The public key with which a client's assertion was signed: the active key that its header names, or, where it names
 * none, the client's only one.
 */
export async function assertionKey(
  client: AppRecord,
  { kid }: ProtectedHeaderParameters,
  alg: string,
): Promise<CryptoKey | Uint8Array> {
  const keys = await keysOf(client);
  const named = kid === undefined ? keys : keys.filter((key) => key.kid === kid);
  const [key] = named;
  if (key === undefined || named.length > 1) throw invalidClient("The client_assertion JWT kid is invalid.");
  if (key.use === "enc") {
    throw invalidClient(
      "The public key being used for client assertion has an invalid 'use' parameter. " +
        "Valid values for the 'use' parameter are sig.",
    );
  }
  try {
    return await importJWK(publicJwk(key), alg);
  } catch {
    throw invalidClient("The client_assertion JWT signature algorithm is invalid.");
  }
}

async function keysOf({ keys, oauthClient }: AppRecord): Promise<readonly ClientKey[]> {
  const active = keys.filter(({ status }) => status === "ACTIVE");
  if (active.length > 0) return active;
  const uri = oauthClient.jwks_uri ?? "";
  if (uri !== "") return fetchedKeys(uri);
  throw invalidClient("The client does not have a JWKSet configured, but the client_assertion requires one.");
}

async function fetchedKeys(uri: string): Promise<readonly ClientKey[]> {
  const body = await fetchJson(uri);
  const parsed = jwksBody.safeParse(body);
  if (!parsed.success) throw invalidClient("The client JWKSet is invalid.");
  const { keys } = parsed.data;
  if (keys.length === 0)
    throw invalidClient("The client JWKSet from jwks_uri must contain at least one key.");
  return keys;
}

async function fetchJson(uri: string): Promise<unknown> {
  try {
    const answer = await fetch(uri, { redirect: "error", signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (answer.ok) return z.unknown().parse(await answer.json());
  } catch {
    // The reason is the client's own; Okta's answer is the same for all of them.
  }
  throw invalidClient("Error retrieving the client JWKSet from jwks_uri.");
}

/** Bytes in a coordinate, by curve. The official provider sends elliptic-curve keys without their `crv`. */
const CURVES = new Map([
  [32, "P-256"],
  [48, "P-384"],
  [66, "P-521"],
]);

function publicJwk(key: ClientKey): JWK {
  if (key.kty === "RSA") return { kty: "RSA", e: key.e, n: key.n };
  const crv = key.crv ?? CURVES.get(Buffer.from(key.x, "base64url").length);
  return { kty: "EC", x: key.x, y: key.y, ...(crv === undefined ? {} : { crv }) };
}
