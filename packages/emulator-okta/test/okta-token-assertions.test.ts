/** Clients of the local Okta org that authenticate by an assertion: which are accepted, what is said of the others. */
import { createServer } from "node:http";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { base64url, SignJWT } from "jose";
import { z } from "zod";
import {
  addClient,
  addServer,
  addSigningClient,
  allow,
  assertionClaims,
  endpoint,
  newSigner,
  post,
  refusalOf,
  sign,
  tokenOf,
  withAssertion,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client, Signer } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const signer = newSigner("ours");
const rsa = newSigner("rsa", "RSA");
const stranger = newSigner("ours");

const org = TestOrg.use();
let server: string;
let client: Client;
let audience: string;
beforeAll(async () => {
  server = await addServer(org);
  await allow(org, server);
  client = await addSigningClient(org, signer, rsa);
  audience = `${org.tenant.origin}${endpoint(server, "token")}`;
});

const grant = { grant_type: "client_credentials", scope: "ai:read" };
const ask = (jwt: string, more: Record<string, string> = {}) =>
  post(org, endpoint(server, "token"), withAssertion(jwt, { ...grant, ...more }));
const now = Math.floor(Date.now() / 1000);

test.each([
  ["an elliptic-curve key", signer],
  ["an RSA key", rsa],
])("a client gets a token with %s", async (_, key) => {
  expect(tokenOf(await ask(await sign(key, assertionClaims(client, audience)))).scope).toBe("ai:read");
});

test("a client may name the org by either name of this machine, and itself beside the assertion", async () => {
  const numeric = audience.replace("localhost", "127.0.0.1");
  const jwt = await sign(signer, assertionClaims(client, numeric));
  expect((await ask(jwt, { client_id: client.id })).status).toBe(200);
});

test("everything may stand in the address of the request: Okta's own Go SDK sends it there", async () => {
  const jwt = await sign(signer, assertionClaims(client, audience));
  const query = new URLSearchParams(withAssertion(jwt, grant)).toString();
  expect((await post(org, `${endpoint(server, "token")}?${query}`, {})).status).toBe(200);
  expect(JSON.stringify(org.tenant.requests())).not.toContain(jwt);
});

test("a key registered without its curve works: the official provider sends it so", async () => {
  const { crv, ...bare } = signer.jwk;
  expect(crv).toBe("P-256");
  const own = await addSigningClient(org, { ...signer, jwk: bare });
  expect((await ask(await sign(signer, assertionClaims(own, audience)))).status).toBe(200);
});

test("an assertion without a jti can come again, one with a jti cannot, also not at another endpoint", async () => {
  const free = await sign(signer, assertionClaims(client, audience, { jti: undefined }));
  expect([(await ask(free)).status, (await ask(free)).status]).toEqual([200, 200]);
  const claims = assertionClaims(client, audience);
  const once = await sign(signer, claims);
  const both = await Promise.all([ask(once), ask(once)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  const again = await sign(signer, { ...claims, aud: `${org.tenant.origin}${endpoint(server, "revoke")}` });
  const elsewhere = await post(org, endpoint(server, "revoke"), withAssertion(again, { token: "x" }));
  expect(refusalOf(elsewhere)).toBe("401 invalid_client: The client_assertion token has already been used.");
});

/** A wrong assertion for the client. */
const refused = async (jwt: string | Promise<string>, more: Record<string, string> = {}) =>
  refusalOf(await ask(await jwt, more)).replace(/^401 invalid_client: The client_assertion /, "");

describe("an assertion is refused", () => {
  const ISSUER = "401 invalid_client: The issuer claim for client_assertion is not a valid client_id.";
  const SUBJECT = "401 invalid_client: The subject claim for client_assertion is not a valid client_id.";
  const AUDIENCE =
    "401 invalid_client: The audience claim for client_assertion must be the endpoint invoked for the request.";

  test.each<[string, Record<string, unknown>, string]>([
    ["from an unknown issuer", { iss: "0oaNobody" }, ISSUER],
    ["without an issuer", { iss: undefined }, ISSUER],
    ["about somebody else", { sub: "0oaNobody" }, SUBJECT],
    ["for another endpoint", { aud: "https://a.example/oauth2/v1/token" }, AUDIENCE],
    ["without an end", { exp: undefined }, "must contain the 'exp' claim as seconds since epoch."],
    ["that has expired", { exp: now - 1 }, "token is expired."],
    ["good for too long", { exp: now + 7200 }, "token has an expiration too far into the future."],
    ["from the future", { iat: now + 600 }, "token must be issued before the current time."],
  ])("%s", async (_, changes, description) => {
    expect(await refused(sign(signer, assertionClaims(client, audience, changes)))).toBe(description);
  });

  const unsigned = () => {
    const claims = JSON.stringify(assertionClaims(client, audience));
    return Promise.resolve(`${base64url.encode('{"alg":"none"}')}.${base64url.encode(claims)}.`);
  };
  const byPublicKey = () =>
    new SignJWT(assertionClaims(client, audience))
      .setProtectedHeader({ alg: "HS256", kid: "ours" })
      .sign(new TextEncoder().encode(JSON.stringify(signer.jwk)));
  const signed = (by: Signer, header: Record<string, string | undefined> = {}) =>
    sign(by, assertionClaims(client, audience), header);

  test.each([
    [
      "by a key that the client does not have",
      () => signed(signer, { kid: "another" }),
      "JWT kid is invalid.",
    ],
    ["that names no key of two", () => signed(signer, { kid: undefined }), "JWT kid is invalid."],
    ["that somebody else signed", () => signed(stranger), "signature is invalid."],
    ["by a key of another kind", () => signed(rsa, { kid: "ours" }), "JWT signature algorithm is invalid."],
    ["without a signature", unsigned, "JWT signature algorithm is invalid."],
    ["signed with the public key as a secret", byPublicKey, "JWT signature algorithm is invalid."],
    [
      "that is none",
      () => Promise.resolve("nonsense"),
      "401 invalid_client: The parsing of the client_assertion failed.",
    ],
  ])("%s", async (_, made, description) => {
    expect(await refused(made())).toBe(description);
  });

  test("from a client that is registered for a secret, and beside the name of another client", async () => {
    const secret = await addClient(org);
    expect(await refused(sign(signer, assertionClaims(secret, audience)))).toMatch(/^401 invalid_client: /);
    expect(await refused(signed(signer), { client_id: secret.id })).toBe(
      "401 invalid_client: Invalid value for 'client_id' parameter.",
    );
  });
});

test("a client that shares a key with Okta signs with its secret", async () => {
  const shared = await addClient(org, { credentials: { token_endpoint_auth_method: "client_secret_jwt" } });
  const signed = (secret: string) =>
    new SignJWT(assertionClaims(shared, audience))
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
  expect((await ask(await signed(shared.secret))).status).toBe(200);
  expect(await refused(signed("x".repeat(64)))).toBe("signature is invalid.");
});

test("the keys of a client with a jwks_uri are fetched from there", async () => {
  let keys: readonly unknown[] = [signer.jwk];
  const host = createServer((_request, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const jwks_uri = `http://127.0.0.1:${String(z.object({ port: z.number() }).parse(host.address()).port)}/jwks`;
  const remote = await addClient(org, {
    credentials: { token_endpoint_auth_method: "private_key_jwt" },
    oauthClient: { jwks_uri },
  });
  const signed = () => sign(signer, assertionClaims(remote, audience));
  expect((await ask(await signed())).status).toBe(200);
  keys = [];
  expect(await refused(signed())).toContain("JWKSet from jwks_uri must contain at least one key.");
  await new Promise((resolve) => host.close(resolve));
  expect(await refused(signed())).toContain("Error retrieving the client JWKSet from jwks_uri.");
});
