import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { eq, urlSafe } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext, OktaData } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { link } from "../render.ts";
import { daysAfter } from "../times.ts";
import { findServer, serverParams, serverPath } from "./find.ts";
import type { ServerRecord, SigningKeyRecord } from "./record.ts";

const ROTATION_DAYS = 90;

/** A new key id, of the length of a SHA-256 thumbprint as Okta's are. */
export function newKid(): string {
  return urlSafe(43);
}

/** The `signing` part of an authorization server whose key `kid` begins to sign at `now`. */
export function signingSince(
  kid: string,
  rotationMode: "AUTO" | "MANUAL",
  now: string,
): ServerRecord["signing"] {
  const signing = { kid, rotationMode, lastRotated: now };
  return rotationMode === "AUTO" ? { ...signing, nextRotation: daysAfter(now, ROTATION_DAYS) } : signing;
}

/** Adds the first keys of an owner: the one that signs, and the next one. Their key material is made when needed. */
export function addSigningKeys(data: OktaData, ownerId: string, kid: string): void {
  data.signingKeys.insert({ kid, ownerId, status: "ACTIVE" });
  data.signingKeys.insert({ kid: newKid(), ownerId, status: "NEXT" });
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public half as numbers. */
  readonly numbers: z.output<typeof numbersSchema>;
}

const numbersSchema = z.object({ e: z.string(), n: z.string() });

/** Keys that were parsed before, by their text: parsing one takes longer than signing with it. */
const parsed = new Map<string, KeyPair>();

const MOST_PARSED = 100;

/** A key's two halves. They are made and stored when first asked for, in one write. */
function pairOf(data: OktaData, key: SigningKeyRecord): KeyPair {
  const stored = data.signingKeys.get(key.kid)?.privateKey;
  const text = stored ?? newPrivateKey();
  if (stored === undefined) data.signingKeys.put({ ...key, privateKey: text });
  const known = parsed.get(text);
  if (known !== undefined) return known;
  if (parsed.size >= MOST_PARSED) parsed.clear();
  const privateKey = createPrivateKey(text);
  const publicKey = createPublicKey(privateKey);
  const numbers = numbersSchema.parse(publicKey.export({ format: "jwk" }));
  const pair = { privateKey, publicKey, numbers };
  parsed.set(text, pair);
  return pair;
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A key's private half. */
export function privateKeyOf(data: OktaData, key: SigningKeyRecord): KeyObject {
  return pairOf(data, key).privateKey;
}

/** A key's public half. */
export function publicKeyOf(data: OktaData, key: SigningKeyRecord): KeyObject {
  return pairOf(data, key).publicKey;
}

/** The public half of a key as `/v1/keys` publishes it. */
function publicJwk(data: OktaData, key: SigningKeyRecord) {
  const { e, n } = pairOf(data, key).numbers;
  return { kty: "RSA", alg: "RS256", kid: key.kid, use: "sig", e, n };
}

/** The order of keys in a list. */
const KEY_ORDER = ["ACTIVE", "NEXT", "EXPIRED"];

/**
 * The keys that verifiers should know: the one that signs, the one before it, whose tokens are still in use, and
 * with automatic rotation the next one.
 */
export function publishedKeys(data: OktaData, ownerId: string, rotationMode: "AUTO" | "MANUAL") {
  return keysOf(data, ownerId)
    .filter(({ status }) => status !== "NEXT" || rotationMode === "AUTO")
    .map((key) => publicJwk(data, key));
}

function keysOf(data: OktaData, ownerId: string): SigningKeyRecord[] {
  return data.signingKeys
    .find(eq("ownerId", ownerId))
    .toSorted((one, other) => KEY_ORDER.indexOf(one.status) - KEY_ORDER.indexOf(other.status));
}

function renderKey(context: OktaContext, origin: string, server: ServerRecord, key: SigningKeyRecord) {
  const { kty, alg, kid, use, e, n } = publicJwk(context.data, key);
  const self = link(origin, `${serverPath(server)}/credentials/keys/${kid}`, "GET");
  return { kty, status: key.status, alg, kid, use, _links: { self }, e, n };
}

const credentials = "/api/v1/authorizationServers/:authServerId/credentials";
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;

/** The keys of authorization servers (Okta docs, "Authorization Servers API", "Keys"). */
export const keyRoutes = [
  route({
    ...read,
    method: "GET",
    path: `${credentials}/keys`,
    operation: "listAuthorizationServerKeys",
    params: serverParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      return keysOf(context.data, server.id).map((key) => renderKey(context, call.origin, server, key));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: `${credentials}/keys/:keyId`,
    operation: "getAuthorizationServerKey",
    params: serverParams.extend({ keyId: z.string() }),
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      const key = keysOf(context.data, server.id).find(({ kid }) => kid === params.keyId);
      if (key === undefined) throw notFound(params.keyId, "JsonWebKey");
      return renderKey(context, call.origin, server, key);
    },
  }),
  route({
    method: "POST",
    path: `${credentials}/lifecycle/keyRotate`,
    operation: "rotateAuthorizationServerKeys",
    access: ["okta.authorizationServers.manage"],
    success: 200,
    params: serverParams,
    body: z.object({ use: z.unknown() }),
    handler: ({ params, body, call }, context) => {
      if (body.use !== "sig") {
        throw validationFailed("rotateKeys", "Invalid value specified for key 'use' parameter.");
      }
      const server = findServer(context, params.authServerId);
      rotateKeys(context, server);
      return keysOf(context.data, server.id).map((key) => renderKey(context, call.origin, server, key));
    },
  }),
];

function rotateKeys(context: OktaContext, server: ServerRecord): void {
  const { data } = context;
  const keys = keysOf(data, server.id);
  const next = keys.find(({ status }) => status === "NEXT")?.kid ?? newKid();
  for (const key of keys) {
    if (key.status === "EXPIRED") data.signingKeys.delete(key.kid);
    else data.signingKeys.put({ ...key, status: key.kid === next ? "ACTIVE" : "EXPIRED" });
  }
  data.signingKeys.insert({ kid: newKid(), ownerId: server.id, status: "NEXT" });
  const signing = signingSince(next, server.signing.rotationMode, context.now());
  data.authorizationServers.put({ ...server, signing, lastUpdated: context.now() });
}
