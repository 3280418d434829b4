/** Claim: the clients get in as the providers of their vendors do, and no secret is in what they say. */
import { generateKeyPairSync } from "node:crypto";
import { afterEach, expect, test } from "@jest/globals";
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import { z } from "zod";
import { auth0Client, oktaClient, TenantError } from "../index.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEY = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}
const sent: Sent[] = [];
const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

/** Answers requests in order in place of the network. */
function answer(...answers: readonly { status?: number; body: unknown; headers?: Record<string, string> }[]) {
  sent.length = 0;
  const left = [...answers];
  globalThis.fetch = (url, { headers, body } = {}) => {
    sent.push({
      url: z.string().parse(url),
      headers: new Headers(headers),
      body: body instanceof URLSearchParams ? body.toString() : typeof body === "string" ? body : "",
    });
    const { status = 200, body: given = {}, headers: shown = {} } = left.shift() ?? {};
    return Promise.resolve(Response.json(given, { status, headers: shown }));
  };
}

const TOKEN = {
  access_token: "tok",
  expires_in: 86_400,
  scope: "read:roles create:roles",
  token_type: "Bearer",
};
const auth0 = { domain: "acme.us.auth0.com", audience: undefined };
const okta = { origin: "https://acme.okta.com" };
const oktaKey = { kind: "key", clientId: "0oa1", key: KEY, keyId: "k1", scopes: ["a", "b"] } as const;

test("Auth0, client id and secret", async () => {
  answer({ body: TOKEN }, { body: [] });
  const client = auth0Client({
    ...auth0,
    credentials: { kind: "secret", clientId: "id", clientSecret: "s3cret" },
  });
  await client.read("/roles");
  expect(sent[0]?.url).toBe("https://acme.us.auth0.com/oauth/token");
  expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
    grant_type: "client_credentials",
    audience: "https://acme.us.auth0.com/api/v2/",
    client_id: "id",
    client_secret: "s3cret",
  });
  expect(sent[1]?.url).toBe("https://acme.us.auth0.com/api/v2/roles");
  expect(sent[1]?.headers.get("authorization")).toBe("Bearer tok");
  expect((await client.grant()).scopes).toEqual(["read:roles", "create:roles"]);
});

test("Auth0, client id and private key: the audience of the assertion is the issuer", async () => {
  answer({ body: TOKEN });
  const credentials = { kind: "key", clientId: "id", key: KEY, algorithm: "RS256" } as const;
  await auth0Client({ ...auth0, credentials }).grant();
  const { client_assertion: assertion } = z
    .object({ client_assertion: z.string() })
    .parse(JSON.parse(sent[0]?.body ?? ""));
  const { payload } = await jwtVerify(assertion, publicKey);
  expect(payload).toMatchObject({ iss: "id", sub: "id", aud: "https://acme.us.auth0.com/" });
  expect(payload.jti).toBeDefined();
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
});

test("Auth0, a token: nothing is asked for, and it says itself what it allows", async () => {
  answer({ body: [] });
  const claims = Buffer.from(JSON.stringify({ scope: "read:roles" })).toString("base64url");
  const client = auth0Client({ ...auth0, credentials: { kind: "token", token: `h.${claims}.s` } });
  await client.read("/roles");
  expect(sent.map(({ url }) => url)).toEqual(["https://acme.us.auth0.com/api/v2/roles"]);
  expect((await client.grant()).scopes).toEqual(["read:roles"]);
});

test.each([
  ["an API token", { kind: "token", token: "00a" }, "SSWS 00a"],
  ["an access token", { kind: "bearer", token: "ey" }, "Bearer ey"],
] as const)("Okta, %s", async (_, credentials, authorization) => {
  answer({ body: [] });
  await oktaClient({ ...okta, credentials }).read("/apps");
  expect(sent).toEqual([expect.objectContaining({ url: "https://acme.okta.com/api/v1/apps" })]);
  expect(sent[0]?.headers.get("authorization")).toBe(authorization);
});

test("Okta, client id and private key", async () => {
  answer({ body: TOKEN }, { body: [] });
  await oktaClient({ ...okta, credentials: oktaKey }).read("/apps");
  const form = new URLSearchParams(sent[0]?.body);
  expect(form.get("scope")).toBe("a b");
  const assertion = form.get("client_assertion") ?? "";
  expect(decodeProtectedHeader(assertion)).toEqual({ alg: "RS256", kid: "k1" });
  expect((await jwtVerify(assertion, publicKey)).payload).toMatchObject({
    iss: "0oa1",
    sub: "0oa1",
    aud: "https://acme.okta.com/oauth2/v1/token",
  });
  expect(sent[1]?.headers.get("authorization")).toBe("Bearer tok");
  expect(sent[1]?.headers.get("dpop")).toBeNull();
});

test("Okta, an app that insists on proofs (DPoP): the token is bound to a key, and each request is signed with it", async () => {
  answer(
    { status: 400, body: { error: "invalid_dpop_proof", error_description: "The DPoP proof is missing." } },
    { status: 400, body: { error: "use_dpop_nonce" }, headers: { "dpop-nonce": "n1" } },
    { body: { ...TOKEN, token_type: "DPoP" } },
    { body: [] },
  );
  await oktaClient({ ...okta, credentials: oktaKey }).read("/users/ada%40example.com?limit=1");

  const proofs = sent.map(({ headers }) => headers.get("dpop"));
  expect(proofs[0]).toBeNull();
  const claims = proofs.slice(1).map((proof) => decodeJwt(proof ?? ""));
  const token = { htm: "POST", htu: "https://acme.okta.com/oauth2/v1/token" };
  expect(claims).toEqual([
    expect.objectContaining(token),
    expect.objectContaining({ ...token, nonce: "n1" }),
    expect.objectContaining({
      htm: "GET",
      // Okta unescapes the address that it got before it compares.
      htu: "https://acme.okta.com/api/v1/users/ada@example.com",
      ath: expect.any(String),
    }),
  ]);
  expect(new Set(claims.map(({ jti }) => jti)).size).toBe(3);
  expect(sent[3]?.headers.get("authorization")).toBe("DPoP tok");
  const keys = proofs.slice(1).map((proof) => {
    const { typ, jwk } = decodeProtectedHeader(proof ?? "");
    expect(typ).toBe("dpop+jwt");
    if (jwk === undefined) throw new Error("a proof without a key");
    return jwk;
  });
  expect(new Set(await Promise.all(keys.map((jwk) => calculateJwkThumbprint(jwk)))).size).toBe(1);
  const [key] = keys;
  if (key === undefined) throw new Error("no key");
  await jwtVerify(proofs[3] ?? "", await importJWK(key, "ES256"));
  // Every assertion is used once.
  const assertions = sent.slice(0, 3).map(({ body }) => new URLSearchParams(body).get("client_assertion"));
  expect(new Set(assertions).size).toBe(3);
});

test("a refusal is in the vendor's words, with what to check, and without what was sent", async () => {
  answer({ status: 401, body: { error: "access_denied", error_description: "Unauthorized" } });
  const credentials = { kind: "secret", clientId: "id", clientSecret: "s3cret" } as const;
  const error = await auth0Client({ ...auth0, credentials })
    .grant()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TenantError);
  expect(error).toMatchObject({
    failure: "login",
    message: "POST https://acme.us.auth0.com/oauth/token: Unauthorized (HTTP 401)",
    next: expect.stringContaining("auth0:clientSecret"),
  });
  expect(JSON.stringify(error)).not.toContain("s3cret");
});

test("a key that cannot sign is said, and not shown", async () => {
  answer();
  await expect(
    oktaClient({ ...okta, credentials: { ...oktaKey, key: "not a PEM" } }).grant(),
  ).rejects.toThrow("The private key of application 0oa1 cannot sign with RS256.");
  expect(sent).toEqual([]);
});
