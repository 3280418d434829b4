/** Claim: the Management API is open to the tenant's own tokens alone, and to each only as far as its scopes go. */
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { tokenRequest } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedTenant } from "./stage.ts";
import { record, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

const at = new SharedTenant();
const SECONDS = at.now / 1000;

/** What asks for a token of a tenant's Management API, but for who asks. */
const request = ({ tenant }: TestTenant) => ({
  grant_type: "client_credentials",
  audience: `${tenant.origin}/api/v2/`,
});

/** The tenant's own management client. */
function management({ tenant }: TestTenant) {
  return { client_id: tenant.management.clientId, client_secret: tenant.management.clientSecret };
}

const token = (parameters: Record<string, string>) =>
  at.token({ ...request(at.target), ...management(at.target), ...parameters });

async function bearer(parameters: Record<string, string> = {}): Promise<string> {
  const { status, body } = await token(parameters);
  expect(status).toBe(200);
  return `Bearer ${String(body.access_token)}`;
}

describe("POST /oauth/token", () => {
  test("takes the secret in a form, in JSON and by HTTP Basic", async () => {
    const { target } = at;
    const { client_id: id, client_secret: secret } = management(target);
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
    const json = { ...request(target), ...management(target) };
    for (const answer of [
      await token({}),
      await target.call("POST", "/oauth/token", request(target), { authorization: basic }),
      await target.call("POST", "/oauth/token", json, { authorization: null }),
    ]) {
      expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 86400 } });
    }
  });

  const DENIED = "access_denied";
  const NO_API = "Service not enabled within domain: https://none.example";
  const NO_SCOPE = "Client has not been granted scopes: fly:kites";
  const NO_GRANT = "unsupported_grant_type";

  test.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, DENIED, "Unauthorized"],
    ["an unknown client", { client_id: "nobody" }, 401, DENIED, "Unauthorized"],
    ["an unknown API", { audience: "https://none.example" }, 403, DENIED, NO_API],
    ["a scope that was not granted", { scope: "read:clients fly:kites" }, 403, DENIED, NO_SCOPE],
    ["an unknown grant", { grant_type: "magic" }, 400, NO_GRANT, "Unsupported grant type: magic"],
  ])("refuses %s", async (_name, parameters, status, error, description) => {
    const body = { error, error_description: description };
    expect(await token(parameters)).toMatchObject({ status, body });
  });

  test("refuses a client without a grant for the API", async () => {
    const answer = await token(await at.newClient({ name: "Without grant" }));
    expect(answer).toMatchObject({ status: 403, body: { error: "access_denied" } });
  });

  test("takes an assertion signed with a client's key, and no other", async () => {
    const { target } = at;
    const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { client_id: id } = management(target);
    await target.expectOk("POST", `/clients/${id}/credentials`, {
      credential_type: "public_key",
      pem: keys.publicKey.export({ type: "spki", format: "pem" }),
    });
    const aud = `${target.tenant.origin}/`;
    const claims = { iss: id, sub: id, aud, iat: SECONDS, exp: SECONDS + 120 };
    const status = async ({ privateKey }: typeof keys, more: object = {}) => {
      const assertion = new SignJWT({ ...claims, jti: randomUUID(), ...more })
        .setProtectedHeader({ alg: "RS256" })
        .sign(privateKey);
      const answer = await at.token({
        ...request(target),
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: await assertion,
      });
      return answer.status;
    };
    expect(await status(keys)).toBe(200);
    expect(await status(stranger)).toBe(401);
    expect(await status(keys, { jti: "once" })).toBe(200);
    for (const wrong of [
      { jti: "once" },
      { jti: undefined },
      { iat: undefined },
      { exp: SECONDS + 301 },
      { nbf: SECONDS + 60 },
      { aud: [aud] },
      { aud: `${aud}oauth/token` },
    ])
      expect([wrong, await status(keys, wrong)]).toEqual([wrong, 401]);
  });

  test("takes no key that is shorter than Auth0 wants", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const pem = publicKey.export({ type: "spki", format: "pem" });
    const path = `/api/v2/clients/${management(at.target).client_id}/credentials`;
    expect(await at.target.call("POST", path, { credential_type: "public_key", pem })).toMatchObject({
      status: 400,
      body: { errorCode: "invalid_body", message: "The RSA key has 1024 bits; it must have 2048 to 4096." },
    });
  });

  test("the token says what the vendor's says, and verifies against the tenant's keys", async () => {
    const { target } = at;
    const jwt = (await bearer({ scope: "read:clients" })).replace("Bearer ", "");
    const published = await target.call("GET", "/.well-known/jwks.json", undefined, { authorization: null });
    const keys = z.array(z.looseObject({ kty: z.string() })).parse(record(published.body).keys);
    const options = { currentDate: new Date(at.now) };
    const { payload } = await jwtVerify(jwt, createLocalJWKSet({ keys }), options);
    const { client_id: id } = management(target);
    expect(payload).toEqual({
      iss: `${target.tenant.origin}/`,
      sub: `${id}@clients`,
      aud: `${target.tenant.origin}/api/v2/`,
      iat: SECONDS,
      exp: SECONDS + 86400,
      scope: "read:clients",
      gty: "client-credentials",
      azp: id,
    });
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: "RS256", typ: "JWT" });
  });
});

describe("every call to the Management API", () => {
  const read = (authorization: string | null, path = "/api/v2/roles") =>
    at.target.call("GET", path, undefined, { authorization });

  test("without a token is a 401", async () => {
    const body = { statusCode: 401, error: "Unauthorized", message: "Missing authentication" };
    expect(await read(null)).toMatchObject({ status: 401, body });
  });

  test("with a token of this tenant is answered", async () => {
    expect((await read(await bearer())).status).toBe(200);
  });

  test.each(["Bearer", "Bearer nonsense", "Bearer a.b.c d", "nonsense"])(
    "with the header '%s' is a 400: it holds no token",
    async (header) => {
      expect((await read(header)).body).toEqual({
        statusCode: 400,
        error: "Bad Request",
        message: "Bad HTTP authentication header format",
        errorCode: "Bearer",
      });
    },
  );

  test("with another scheme is a 401, as without a token", async () => {
    const answer = await read("Basic YTpi");
    expect(answer.body).toMatchObject({ statusCode: 401, message: "Missing authentication" });
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });

  test("with a token that this tenant has not signed is a 401 that says so in its header too", async () => {
    const message = "Invalid signature received for JSON Web Token validation";
    const parts = [{ alg: "RS256" }, {}, {}].map((part) => JSON.stringify(part));
    const answer = await read(`Bearer ${parts.map((part) => btoa(part)).join(".")}`);
    const attributes = { error: message };
    expect(answer.body).toEqual({ statusCode: 401, error: "Unauthorized", message, attributes });
    expect(answer.headers["www-authenticate"]).toBe(`Bearer error="${message}"`);
  });

  test("with another tenant's token is a 401", async () => {
    const other = await startTestTenant();
    try {
      const { body } = await tokenRequest(other, { ...request(other), ...management(other) });
      expect((await read(`Bearer ${String(body.access_token)}`)).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  test("with an expired token is a 401", async () => {
    const authorization = await bearer();
    at.now += 86_401_000;
    const message = "Expired token received for JSON Web Token validation";
    expect((await read(authorization)).body).toMatchObject({ statusCode: 401, message });
    at.now -= 86_401_000;
  });

  test("with a token for another API is a 401", async () => {
    const audience = "https://elsewhere.example";
    const { client_id } = management(at.target);
    await at.target.expectOk("POST", "/resource-servers", { identifier: audience });
    await at.target.expectOk("POST", "/client-grants", { client_id, audience });
    const message = `Bad audience: ${audience}`;
    expect((await read(await bearer({ audience }))).body).toMatchObject({ statusCode: 401, message });
  });

  test("without the scope of the operation is a 403 that names the scope", async () => {
    const authorization = await bearer({ scope: "read:roles" });
    expect((await read(authorization)).status).toBe(200);
    const answer = await at.target.call("POST", "/api/v2/roles", { name: "x" }, { authorization });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: "Forbidden",
        message: "Insufficient scope, expected any of: create:roles",
        errorCode: "insufficient_scope",
      },
    });
  });

  test("shows client secrets only to who may read client keys", async () => {
    const { client_id: id, client_secret } = management(at.target);
    const path = `/api/v2/clients/${id}`;
    const hidden = await read(await bearer({ scope: "read:clients" }), path);
    expect(hidden.status).toBe(200);
    expect(JSON.stringify(hidden.body)).not.toContain(client_secret);
    const shown = await read(await bearer({ scope: "read:clients read:client_keys" }), path);
    expect(shown.body).toMatchObject({ client_secret });
  });

  test("shows and takes a connection's options only with their own scopes", async () => {
    const { target } = at;
    const made = await target.expectOk("POST", "/connections", { name: "users", strategy: "auth0" });
    const path = `/api/v2/connections/${String(made.id)}`;
    const change = async (scope: string, body: object) =>
      target.call("PATCH", path, body, { authorization: await bearer({ scope }) });
    for (const asked of [path, "/api/v2/connections?name=users"]) {
      const hidden = await read(await bearer({ scope: "read:connections" }), asked);
      expect(JSON.stringify(hidden.body)).toContain('"strategy":"auth0"');
      expect(JSON.stringify(hidden.body)).not.toContain('"options"');
      const shown = await read(await bearer({ scope: "read:connections read:connections_options" }), asked);
      expect(JSON.stringify(shown.body)).toContain('"options"');
    }
    const options = { disable_signup: true };
    expect(await change("update:connections", { options })).toMatchObject({
      status: 403,
      body: { message: "Insufficient scope, expected any of: update:connections_options" },
    });
    expect((await change("update:connections", { display_name: "Users" })).status).toBe(200);
    expect((await change("update:connections update:connections_options", { options })).status).toBe(200);
  });

  test("is in the request log without its secrets", async () => {
    const { target } = at;
    target.tenant.clearRequests();
    await token({});
    await target.call("GET", "/api/v2/roles?page=0");
    const log = target.tenant.requests();
    expect(log).toMatchObject([
      { method: "POST", path: "/oauth/token", body: { client_secret: "***" }, status: 200 },
      { method: "GET", path: "/api/v2/roles?page=0", status: 200 },
    ]);
    expect(JSON.stringify(log)).not.toContain(target.tenant.management.clientSecret);
  });
});
