/** Claim: the Management API is open to the tenant's own tokens alone, and to each only as far as its scopes go. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { record, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { Answer, TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

let target: TestTenant;
let now = Date.now();

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
});
afterAll(async () => {
  await target.close();
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };

function token(parameters: Record<string, string>, authorization: string | null = null): Promise<Answer> {
  const all = {
    grant_type: "client_credentials",
    audience: `${target.tenant.origin}/api/v2/`,
    ...parameters,
  };
  return target.call("POST", "/oauth/token", new URLSearchParams(all).toString(), {
    authorization,
    headers: FORM,
  });
}

function credentials() {
  const { clientId, clientSecret } = target.tenant.management;
  return { client_id: clientId, client_secret: clientSecret };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

async function accessToken(parameters: Record<string, string>): Promise<string> {
  const answer = await token(parameters);
  expect(answer.status).toBe(200);
  return String(Reflect.get(Object(answer.body), "access_token"));
}

describe("POST /oauth/token", () => {
  test("takes the secret in a form, in JSON and by HTTP Basic", async () => {
    const { clientId, clientSecret } = target.tenant.management;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    const json = {
      grant_type: "client_credentials",
      audience: `${target.tenant.origin}/api/v2/`,
      ...credentials(),
    };
    for (const answer of [
      await token(credentials()),
      await token({}, basic),
      await target.call("POST", "/oauth/token", json, { authorization: null }),
    ]) {
      expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 86400 } });
    }
  });

  test.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "access_denied", "Unauthorized"],
    ["an unknown client", { client_id: "nobody" }, 401, "access_denied", "Unauthorized"],
    [
      "an unknown API",
      { audience: "https://none.example" },
      403,
      "access_denied",
      "Service not enabled within domain: https://none.example",
    ],
    [
      "a scope that was not granted",
      { scope: "read:clients fly:kites" },
      403,
      "access_denied",
      "Client has not been granted scopes: fly:kites",
    ],
    [
      "an unknown grant",
      { grant_type: "telepathy" },
      400,
      "unsupported_grant_type",
      "Unsupported grant type: telepathy",
    ],
  ])("refuses %s", async (_name, parameters, status, error, description) => {
    const answer = await token({ ...credentials(), ...parameters });
    expect(answer).toMatchObject({ status, body: { error, error_description: description } });
  });

  test("refuses a client without a grant for the API", async () => {
    const client = await target.expectOk("POST", "/clients", { name: "Without grant" });
    const own = { client_id: String(client.client_id), client_secret: String(client.client_secret) };
    const answer = await token(own);
    expect(answer).toMatchObject({ status: 403, body: { error: "access_denied" } });
  });

  test("takes an assertion signed with a client's key, and no other", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { clientId } = target.tenant.management;
    await target.expectOk("POST", `/clients/${clientId}/credentials`, {
      credential_type: "public_key",
      pem: publicKey.export({ type: "spki", format: "pem" }),
    });
    const assertion = (key: typeof privateKey) =>
      new SignJWT({
        iss: clientId,
        sub: clientId,
        aud: `${target.tenant.origin}/`,
        exp: Math.floor(now / 1000) + 120,
      })
        .setProtectedHeader({ alg: "RS256" })
        .sign(key);
    const type = { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" };
    expect((await token({ ...type, client_assertion: await assertion(privateKey) })).status).toBe(200);
    expect((await token({ ...type, client_assertion: await assertion(stranger.privateKey) })).status).toBe(
      401,
    );
  });

  test("the token says what the vendor's says, and verifies against the tenant's keys", async () => {
    const jwt = await accessToken({ ...credentials(), scope: "read:clients" });
    const keys = await target.call("GET", "/.well-known/jwks.json", undefined, { authorization: null });
    const jwks = { keys: z.array(z.looseObject({ kty: z.string() })).parse(record(keys.body).keys) };
    const { payload } = await jwtVerify(jwt, createLocalJWKSet(jwks));
    const { clientId } = target.tenant.management;
    const seconds = Math.floor(now / 1000);
    expect(payload).toEqual({
      iss: `${target.tenant.origin}/`,
      sub: `${clientId}@clients`,
      aud: `${target.tenant.origin}/api/v2/`,
      iat: seconds,
      exp: seconds + 86400,
      scope: "read:clients",
      gty: "client-credentials",
      azp: clientId,
    });
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: "RS256", typ: "JWT" });
  });

  test("an organization counts only as the grant says", async () => {
    const api = "https://org.example";
    await target.expectOk("POST", "/resource-servers", { identifier: api, scopes: [{ value: "read:a" }] });
    const client = await target.expectOk("POST", "/clients", { name: "For organizations" });
    const own = {
      client_id: String(client.client_id),
      client_secret: String(client.client_secret),
      audience: api,
    };
    const grant = await target.expectOk("POST", "/client-grants", {
      client_id: own.client_id,
      audience: api,
      scope: ["read:a"],
      organization_usage: "allow",
    });
    const id = String((await target.expectOk("POST", "/organizations", { name: "machines" })).id);
    expect((await token({ ...own, organization: id })).status).toBe(403);
    await target.expectOk("POST", `/organizations/${id}/client-grants`, { grant_id: grant.id });
    const jwt = await accessToken({ ...own, organization: id });
    expect(JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString())).toMatchObject({
      org_id: id,
    });
  });
});

describe("every call to the Management API", () => {
  const read = (authorization: string | null) =>
    target.call("GET", "/api/v2/roles", undefined, { authorization });

  test("without a token is a 401", async () => {
    const body = { statusCode: 401, error: "Unauthorized", message: "Missing authentication" };
    expect(await read(null)).toMatchObject({ status: 401, body });
  });

  test("with a token of this tenant is answered", async () => {
    expect((await read(`Bearer ${await accessToken(credentials())}`)).status).toBe(200);
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
    const text = "Invalid signature received for JSON Web Token validation";
    const answer = await read(`Bearer ${[{ alg: "RS256" }, {}, {}].map(encoded).join(".")}`);
    expect(answer.body).toEqual({
      statusCode: 401,
      error: "Unauthorized",
      message: text,
      attributes: { error: text },
    });
    expect(answer.headers["www-authenticate"]).toBe(`Bearer error="${text}"`);
  });

  test("with another tenant's token is a 401", async () => {
    const other = await startTestTenant();
    try {
      const { clientId, clientSecret } = other.tenant.management;
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        audience: `${other.tenant.origin}/api/v2/`,
        client_id: clientId,
        client_secret: clientSecret,
      });
      const answer = await other.call("POST", "/oauth/token", form.toString(), { headers: FORM });
      const foreign = String(Reflect.get(Object(answer.body), "access_token"));
      expect((await read(`Bearer ${foreign}`)).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  test("with an expired token is a 401", async () => {
    const jwt = await accessToken(credentials());
    now += 86_401_000;
    const answer = await read(`Bearer ${jwt}`);
    expect(answer.body).toMatchObject({
      statusCode: 401,
      message: "Expired token received for JSON Web Token validation",
    });
  });

  test("with a token for another API is a 401", async () => {
    const api = "https://elsewhere.example";
    await target.expectOk("POST", "/resource-servers", { identifier: api });
    const { clientId } = target.tenant.management;
    await target.expectOk("POST", "/client-grants", { client_id: clientId, audience: api });
    const answer = await read(`Bearer ${await accessToken({ ...credentials(), audience: api })}`);
    expect(answer.body).toMatchObject({ statusCode: 401, message: `Bad audience: ${api}` });
  });

  test("without the scope of the operation is a 403 that names the scope", async () => {
    const authorization = `Bearer ${await accessToken({ ...credentials(), scope: "read:roles" })}`;
    expect((await read(authorization)).status).toBe(200);
    const answer = await target.call("POST", "/api/v2/roles", { name: "x" }, { authorization });
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
    const { clientId, clientSecret } = target.tenant.management;
    const path = `/api/v2/clients/${clientId}`;
    const narrow = `Bearer ${await accessToken({ ...credentials(), scope: "read:clients" })}`;
    const wide = `Bearer ${await accessToken({ ...credentials(), scope: "read:clients read:client_keys" })}`;
    const hidden = await target.call("GET", path, undefined, { authorization: narrow });
    expect(hidden.status).toBe(200);
    expect(JSON.stringify(hidden.body)).not.toContain(clientSecret);
    const shown = await target.call("GET", path, undefined, { authorization: wide });
    expect(shown.body).toMatchObject({ client_secret: clientSecret });
  });

  test("is in the request log without its secrets", async () => {
    target.tenant.clearRequests();
    await token(credentials());
    await target.call("GET", "/api/v2/roles?page=0");
    const log = target.tenant.requests();
    expect(log).toMatchObject([
      { method: "POST", path: "/oauth/token", body: { client_secret: "***" }, status: 200 },
      { method: "GET", path: "/api/v2/roles?page=0", status: 200 },
    ]);
    expect(JSON.stringify(log)).not.toContain(target.tenant.management.clientSecret);
  });
});
