/** Clients of the local Okta org that sign what they ask: which assertions are good, what is said of the others. */
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
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
  sign,
  tokenOf,
  withAssertion,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const signer = newSigner("ours");
const rsa = newSigner("rsa", "RSA");
const stranger = newSigner("ours");

let org: TestOrg;
let server: string;
let client: Client;
let audience: string;
beforeAll(async () => {
  org = await TestOrg.start();
  server = await addServer(org);
  await allow(org, server);
  client = await addSigningClient(org, signer, rsa);
  audience = `${org.tenant.origin}${endpoint(server, "token")}`;
});
afterAll(() => org.tenant.close());

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
  expect(await post(org, endpoint(server, "revoke"), withAssertion(again, { token: "x" }))).toMatchObject({
    status: 401,
    body: { error_description: "The client_assertion token has already been used." },
  });
});

describe("an assertion is refused", () => {
  const other = "The client_assertion JWT kid is invalid.";
  test.each<[string, Record<string, unknown>, Record<string, string | undefined>, string]>([
    [
      "from an unknown issuer",
      { iss: "0oaNobody" },
      {},
      "The issuer claim for client_assertion is not a valid client_id.",
    ],
    [
      "without an issuer",
      { iss: undefined },
      {},
      "The issuer claim for client_assertion is not a valid client_id.",
    ],
    [
      "about somebody else",
      { sub: "0oaNobody" },
      {},
      "The subject claim for client_assertion is not a valid client_id.",
    ],
    [
      "for another endpoint",
      { aud: "https://a.example/oauth2/v1/token" },
      {},
      "The audience claim for client_assertion must be the endpoint invoked for the request.",
    ],
    [
      "without an end",
      { exp: undefined },
      {},
      "The client_assertion must contain the 'exp' claim as seconds since epoch.",
    ],
    ["that has expired", { exp: now - 1 }, {}, "The client_assertion token is expired."],
    [
      "good for too long",
      { exp: now + 7200 },
      {},
      "The client_assertion token has an expiration too far into the future.",
    ],
    [
      "from the future",
      { iat: now + 600 },
      {},
      "The client_assertion token must be issued before the current time.",
    ],
    ["by a key that the client does not have", {}, { kid: "another" }, other],
    ["that names no key where there are two", {}, { kid: undefined }, other],
  ])("%s", async (_, changes, header, error_description) => {
    const jwt = await sign(signer, assertionClaims(client, audience, changes), header);
    expect(await ask(jwt)).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description },
    });
  });

  test.each([
    [
      "that somebody else signed",
      () => sign(stranger, assertionClaims(client, audience)),
      "signature is invalid",
    ],
    [
      "with an algorithm that its key is not for",
      () => sign(rsa, assertionClaims(client, audience), { kid: "ours" }),
      "JWT signature algorithm is invalid",
    ],
    ["that is none", () => Promise.resolve("nonsense"), "The parsing of the client_assertion failed."],
    [
      "without a signature",
      () =>
        Promise.resolve(
          `${base64url.encode('{"alg":"none"}')}.${base64url.encode(JSON.stringify(assertionClaims(client, audience)))}.`,
        ),
      "JWT signature algorithm is invalid",
    ],
    [
      "signed with the public key as a secret",
      () =>
        new SignJWT(assertionClaims(client, audience))
          .setProtectedHeader({ alg: "HS256", kid: "ours" })
          .sign(new TextEncoder().encode(JSON.stringify(signer.jwk))),
      "JWT signature algorithm is invalid",
    ],
  ])("%s", async (_, made, description) => {
    expect(await ask(await made())).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description: expect.stringContaining(description) },
    });
  });

  test("from a client that is registered for a secret, and beside the name of another client", async () => {
    const secret = await addClient(org);
    const jwt = await sign(signer, assertionClaims(secret, audience));
    expect(await ask(jwt)).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    const own = await sign(signer, assertionClaims(client, audience));
    expect(await ask(own, { client_id: secret.id })).toMatchObject({
      body: { error_description: "Invalid value for 'client_id' parameter." },
    });
  });
});

test("a client that shares a key with Okta signs with its secret", async () => {
  const shared = await addClient(org, { credentials: { token_endpoint_auth_method: "client_secret_jwt" } });
  const signed = (secret: string) =>
    new SignJWT(assertionClaims(shared, audience))
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
  expect((await ask(await signed(shared.secret))).status).toBe(200);
  expect(await ask(await signed("x".repeat(64)))).toMatchObject({
    body: { error_description: "The client_assertion signature is invalid." },
  });
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
  expect(await ask(await signed())).toMatchObject({
    body: { error_description: "The client JWKSet from jwks_uri must contain at least one key." },
  });
  await new Promise((resolve) => host.close(resolve));
  expect(await ask(await signed())).toMatchObject({
    body: { error_description: "Error retrieving the client JWKSet from jwks_uri." },
  });
});
