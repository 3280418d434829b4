/** Tokens that are bound to a key: with which proofs they are let in (RFC 9449), by this verifier and by Auth0's own. */
import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { generateProof } from "dpop";
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type GenerateKeyPairResult,
  type JWK,
} from "jose";
import { createVerifier, credentials } from "../index.ts";
import { onlyOnce } from "../proof.ts";
import type { Fields } from "../testing/index.ts";
import type { Vendor } from "./corpus/row.ts";
import { refusal, serve, withToken, type Answered, type Request, type Served } from "./support/served.ts";
import { vendorVerifiers, type VendorVerifiers } from "../testing/vendor-verifiers.ts";

let api: Served;
let vendors: VendorVerifiers;
let keys: GenerateKeyPairResult;
let rsa: GenerateKeyPairResult;
beforeAll(async () => {
  // What @okta/jwt-verifier has to say of an issuer on http.
  jest.spyOn(console, "warn").mockReturnValue();
  api = await serve();
  vendors = await vendorVerifiers(api.issuers.config);
  keys = await generateKeyPair("ES256", { extractable: true });
  rsa = await generateKeyPair("RS256", { extractable: true });
});
afterAll(async () => {
  await vendors.close();
  await api.close();
});

const now = () => Math.floor(Date.now() / 1000);
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

async function boundToken(
  vendor: Vendor = "auth0",
  claims: Fields = {},
  { publicKey } = keys,
): Promise<string> {
  const jkt = await calculateJwkThumbprint(await exportJWK(publicKey));
  return api.makerFor(vendor).token({ cnf: { jkt }, ...claims });
}

/** A GET with a token and proofs, as they are. */
const bound = (token: string, ...proofs: string[]): Request => ({
  headers: ["authorization", `DPoP ${token}`, ...proofs.flatMap((proof) => ["dpop", proof])],
});
const errorOf = ({ status, headers }: Answered) => ({
  status,
  error: /^DPoP .*?error="(\w+)"/.exec(headers["www-authenticate"] ?? "")?.[1],
});
const BAD_PROOF = { status: 401, error: "invalid_dpop_proof" };

/** Parts of a proof that differ from a good one; `undefined` leaves one out. */
interface Change {
  readonly claims?: Fields;
  readonly header?: Fields;
  readonly signer?: CryptoKey | Uint8Array;
}

/** A proof made by hand, so that every part of it can be wrong. */
async function proof(token: string, url: string, { claims, header, signer }: Change = {}): Promise<string> {
  const good = { jti: randomUUID(), htm: "GET", htu: url, iat: now(), ath: sha256(token) };
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({
      alg: "ES256",
      typ: "dpop+jwt",
      jwk: await exportJWK(keys.publicKey),
      ...header,
    })
    .sign(signer ?? keys.privateKey);
}

test.each(["auth0", "okta"] as const)(
  "a bound token of %s is let in with a proof that another library made, and is refused without",
  async (vendor) => {
    const token = await boundToken(vendor);
    const made = await generateProof(keys, `${api.origin}/`, "GET", undefined, token);
    expect((await api.ask(bound(token, made))).status).toBe(200);
    const plain = await api.ask(withToken(token));
    expect(plain.status).toBe(401);
    expect(plain.headers["www-authenticate"]).toMatch(
      /^Bearer .*error="invalid_token".*, DPoP .*algs="ES256 /,
    );
  },
);

test("a bound token that allows too little is told so under its own scheme", async () => {
  const token = await boundToken("auth0", { permissions: ["ai:read"] });
  const made = await proof(token, `${api.origin}/`, { claims: { htm: "POST" } });
  const refused = await api.ask({ ...bound(token, made), method: "POST" });
  expect(errorOf(refused)).toEqual({ status: 403, error: "insufficient_scope" });
});

test("a key of RSA does as well", async () => {
  const token = await boundToken("okta", {}, rsa);
  const made = await proof(token, `${api.origin}/`, {
    header: { alg: "RS256", jwk: await exportJWK(rsa.publicKey) },
    signer: rsa.privateKey,
  });
  expect((await api.ask(bound(token, made))).status).toBe(200);
});

test("a proof is good once", async () => {
  const token = await boundToken();
  const made = await proof(token, `${api.origin}/`);
  expect((await api.ask(bound(token, made))).status).toBe(200);
  expect(errorOf(await api.ask(bound(token, made)))).toEqual(BAD_PROOF);
});

interface Row {
  readonly name: string;
  readonly change: (url: string) => Change | Promise<Change>;
  /** Why Auth0's own verifier lets it in, where it does. */
  readonly lenient?: string;
}
const rows: readonly Row[] = [
  { name: "another method", change: () => ({ claims: { htm: "POST" } }) },
  {
    name: "the method in small letters",
    change: () => ({ claims: { htm: "get" } }),
    lenient: "compares in capitals",
  },
  { name: "no method", change: () => ({ claims: { htm: undefined } }) },
  { name: "another path", change: (url) => ({ claims: { htu: `${url}other` } }) },
  { name: "another host", change: () => ({ claims: { htu: "https://other.example.com/" } }) },
  { name: "another scheme", change: (url) => ({ claims: { htu: url.replace("http", "https") } }) },
  { name: "no URL", change: () => ({ claims: { htu: undefined } }) },
  { name: "a URL that is none", change: () => ({ claims: { htu: "/" } }) },
  { name: "no jti", change: () => ({ claims: { jti: undefined } }) },
  { name: "an empty jti", change: () => ({ claims: { jti: "" } }) },
  { name: "no time", change: () => ({ claims: { iat: undefined } }) },
  { name: "a time that is a text", change: () => ({ claims: { iat: String(now()) } }) },
  { name: "a time long ago", change: () => ({ claims: { iat: now() - 3600 } }) },
  {
    name: "a time two minutes ago",
    change: () => ({ claims: { iat: now() - 120 } }),
    lenient: "gives five minutes",
  },
  { name: "a time to come", change: () => ({ claims: { iat: now() + 60 } }) },
  { name: "an end that is past", change: () => ({ claims: { exp: now() - 60 } }) },
  { name: "no token", change: () => ({ claims: { ath: undefined } }) },
  { name: "another token", change: () => ({ claims: { ath: sha256("another") } }) },
  { name: "another type", change: () => ({ header: { typ: "JWT" } }) },
  { name: "no type", change: () => ({ header: { typ: undefined } }) },
  { name: "no key", change: () => ({ header: { jwk: undefined } }) },
  { name: "a private key", change: async () => ({ header: { jwk: await exportJWK(keys.privateKey) } }) },
  { name: "a shared key", change: () => shared() },
  { name: "another key, that it is signed with", change: () => stolen() },
  {
    name: "the key, and signed with another",
    change: async () => ({ signer: (await stranger()).privateKey }),
  },
  { name: "an extension that nobody knows", change: () => ({ header: { crit: ["x"], x: 1 } }) },
];

const stranger = () => generateKeyPair("ES256", { extractable: true });
async function stolen(): Promise<Change> {
  const { publicKey, privateKey } = await stranger();
  return { header: { jwk: await exportJWK(publicKey) }, signer: privateKey };
}
function shared(): Change {
  const secret = Buffer.alloc(32, 1);
  const jwk: JWK = { kty: "oct", k: secret.toString("base64url") };
  return { header: { alg: "HS256", jwk }, signer: secret };
}

describe.each(rows)("a proof with $name", ({ change, lenient }) => {
  const made = async (token: string, url: string) => proof(token, url, await change(url)).catch(String);

  test("is refused", async () => {
    const token = await boundToken();
    expect(errorOf(await api.ask(bound(token, await made(token, `${api.origin}/`))))).toEqual(BAD_PROOF);
  });

  test(`is ${lenient === undefined ? "refused" : "let in"} by express-oauth2-jwt-bearer`, async () => {
    const token = await boundToken();
    const status = await vendors.auth0(token, await made(token, vendors.auth0Url));
    expect(status === 200).toBe(lenient !== undefined);
  });
});

test("express-oauth2-jwt-bearer lets the good proof in", async () => {
  const token = await boundToken();
  expect(await vendors.auth0(token, await proof(token, vendors.auth0Url))).toBe(200);
});

test("of a flood of proofs only the last are remembered, and none is let in twice", () => {
  const isNew = onlyOnce(3);
  const flood = [10, 12, 11, 13, 14];
  expect(flood.map((iat) => isNew(`proof of ${String(iat)}`, iat))).toEqual([true, true, true, true, true]);
  expect(flood.map((iat) => isNew(`proof of ${String(iat)}`, iat))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  // What is older than a proof that was forgotten may have been it.
  expect(isNew("another", 12)).toBe(false);
  expect(isNew("another", 13)).toBe(true);
});

test("a proof without a signature is refused", async () => {
  const token = await boundToken();
  const made = await proof(token, `${api.origin}/`);
  const [header = "", payload = ""] = made.split(".");
  const none = Buffer.from(header, "base64url").toString().replace("ES256", "none");
  for (const bad of [
    `${Buffer.from(none).toString("base64url")}.${payload}.`,
    `${header}.${payload}.`,
    "no proof",
    `${made}, ${made}`,
    `${made}${"A".repeat(8192)}`,
  ]) {
    expect(errorOf(await api.ask(bound(token, bad)))).toEqual(BAD_PROOF);
  }
  expect((await api.ask(bound(token, made))).status).toBe(200);
});

test("a token that is bound to nothing is refused under DPoP, whoever's proof comes with it", async () => {
  const token = api.makerFor("auth0").token();
  const made = await proof(token, `${api.origin}/`);
  expect(errorOf(await api.ask(bound(token, made)))).toEqual({ status: 401, error: "invalid_token" });
});

test("where the API asks for proofs, a token of Auth0 that is bound to nothing is refused", async () => {
  const { auth0, okta } = api.issuers.config;
  const verify = createVerifier({ auth0: { ...auth0, proofOfPossession: "required" }, okta });
  expect(await refusal(verify, api.makerFor("auth0").token())).toBe("not bound to a key");
  expect((await verify(api.makerFor("okta").token())).vendor).toBe("okta");
});

test.each([
  { asked: "/v1/answers?question=why#x", htu: "https://AI.example.com:443/v1/answers" },
  { asked: "/v1/answers", htu: "https://ai.example.com/v1/answers?question=why#x" },
  { asked: "/v1/%7euser/a%2fb", htu: "https://ai.example.com/v1/~user/a%2Fb" },
  { asked: "/v1/./answers", htu: "https://ai.example.com/v1/answers" },
  { asked: "http://evil.example.com/v1/answers", htu: "https://ai.example.com/v1/answers" },
])("$asked is the URL $htu of an API that is reached through a proxy", async ({ asked, htu }) => {
  const token = await boundToken();
  const made = await proof(token, htu);
  const rawHeaders = ["Host", "10.0.0.1", "Authorization", `dpop ${token}`, "DPoP", made];
  const shown = credentials({ method: "GET", url: asked, rawHeaders }, "https://ai.example.com");
  expect((await api.verify(shown.token, shown.proof)).vendor).toBe("auth0");
});

test.each(["//evil.example.com/v1/answers", "/v1/other", "*", "http://ai.example.com/v1%2Fanswers"])(
  "%s is another URL",
  async (asked) => {
    const token = await boundToken();
    const made = await proof(token, "https://ai.example.com/v1/answers");
    const rawHeaders = ["Authorization", `DPoP ${token}`, "DPoP", made];
    const shown = credentials({ method: "GET", url: asked, rawHeaders }, "https://ai.example.com");
    await expect(api.verify(shown.token, shown.proof)).rejects.toMatchObject({ error: "invalid_dpop_proof" });
  },
);

test("a Host that is none is no fault of the API", async () => {
  const token = await boundToken();
  const made = await proof(token, "http://a/");
  const rawHeaders = ["Host", "a b", "Authorization", `DPoP ${token}`, "DPoP", made];
  const shown = credentials({ method: "GET", url: "/", rawHeaders });
  await expect(api.verify(shown.token, shown.proof)).rejects.toMatchObject({ error: "invalid_dpop_proof" });
});
