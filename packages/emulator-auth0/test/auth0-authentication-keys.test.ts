/** Claim: whoever verifies the tenant's tokens finds what it needs, also while signing keys are rotated. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { z } from "zod";
import { record, records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  authorizePath,
  Browser,
  callbackParameters,
  PASSWORD,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;

beforeAll(async () => {
  target = await startTestTenant({ pagesPort: 0 });
  on = await stage(target);
});
afterAll(async () => {
  await target.close();
});

async function publicGet(path: string): Promise<Record<string, unknown>> {
  const { status, body } = await target.call("GET", path, undefined, { authorization: null });
  expect(status).toBe(200);
  return record(body);
}

const jwksSchema = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), x5t: z.string(), x5c: z.array(z.string()) }),
  ),
});

async function jwks() {
  return jwksSchema.parse(await publicGet("/.well-known/jwks.json"));
}

/** A token for the Management API, of the machine kind. */
async function machineToken(): Promise<string> {
  const { clientId, clientSecret } = target.tenant.management;
  const { body } = await tokenRequest(target, {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    audience: `${target.tenant.origin}/api/v2/`,
  });
  return String(body.access_token);
}

const verified = async (token: string) => jwtVerify(token, createLocalJWKSet(await jwks()));
const managementStatus = async (token: string) =>
  (await target.call("GET", "/api/v2/roles", undefined, { authorization: `Bearer ${token}` })).status;

describe("discovery", () => {
  test("names endpoints that are there, and what they can do", async () => {
    const document = await publicGet("/.well-known/openid-configuration");
    const { origin } = target.tenant;
    expect(document).toMatchObject({
      issuer: `${origin}/`,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      userinfo_endpoint: `${origin}/userinfo`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      end_session_endpoint: `${origin}/oidc/logout`,
      response_types_supported: ["code"],
      response_modes_supported: ["query", "fragment", "form_post"],
      code_challenge_methods_supported: ["S256"],
      grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
      subject_types_supported: ["public"],
    });
    const endpoints = Object.entries(document).filter(([name]) => name.endsWith("_endpoint"));
    for (const [, url] of endpoints) {
      const path = String(url).slice(origin.length);
      const answers = [await target.call("GET", path), await target.call("POST", path, {})];
      expect(answers.map(({ status }) => status)).not.toEqual([404, 404]);
    }
    expect(await publicGet("/.well-known/oauth-authorization-server")).toEqual(document);
  });

  test("leaves out the way out that the tenant does not want to tell of", async () => {
    const settings = { oidc_logout: { rp_logout_end_session_endpoint_discovery: false } };
    await target.expectOk("PATCH", "/tenants/settings", settings);
    expect(await publicGet("/.well-known/openid-configuration")).not.toHaveProperty("end_session_endpoint");
  });
});

describe("signing keys", () => {
  test("are published before they sign, each with its certificate", async () => {
    const { keys } = await jwks();
    expect(keys).toHaveLength(2);
    expect(keys).toMatchObject([
      { kty: "RSA", use: "sig", alg: "RS256" },
      { kty: "RSA", use: "sig", alg: "RS256" },
    ]);
    for (const key of keys) {
      const certificate = new X509Certificate(Buffer.from(key.x5c[0] ?? "", "base64"));
      const thumbprint = Buffer.from(certificate.fingerprint.replaceAll(":", ""), "hex").toString(
        "base64url",
      );
      expect(key.x5t).toBe(thumbprint);
      expect(certificate.publicKey.export({ format: "jwk" })).toMatchObject({ n: key.n, e: key.e });
      expect(key).not.toHaveProperty("d");
    }
    const shown = records((await target.call("GET", "/api/v2/keys/signing")).body);
    expect(shown.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid));
    expect(shown).toMatchObject([
      { current: true, next: false, previous: false, revoked: false, current_since: expect.any(String) },
      { current: false, next: true, previous: false, revoked: false },
    ]);
    expect(JSON.stringify(shown)).not.toContain("PRIVATE");
    expect(String(shown[0]?.pkcs7)).toContain("BEGIN PKCS7");
  });

  test("are rotated: the next signs, the last still verifies until it is revoked, and never signs again", async () => {
    const [first, second] = (await jwks()).keys.map(({ kid }) => kid);
    const before = await machineToken();
    expect(decodeProtectedHeader(before).kid).toBe(first);

    const rotated = await target.call("POST", "/api/v2/keys/signing/rotate");
    expect(rotated).toMatchObject({ status: 201, body: { cert: expect.stringContaining("CERTIFICATE") } });
    const third = record(rotated.body).kid;
    const after = await machineToken();
    expect(decodeProtectedHeader(after).kid).toBe(second);
    expect((await jwks()).keys.map(({ kid }) => kid)).toEqual([first, second, third]);
    for (const token of [before, after]) {
      await verified(token);
      expect(await managementStatus(token)).toBe(200);
    }

    const revoke = (kid: unknown) => target.call("PUT", `/api/v2/keys/signing/${String(kid)}/revoke`);
    expect((await revoke(second)).status).toBe(400);
    expect((await revoke("none")).status).toBe(404);
    expect(await revoke(first)).toMatchObject({ status: 200, body: { kid: first } });
    expect((await jwks()).keys.map(({ kid }) => kid)).toEqual([second, third]);
    expect(await managementStatus(before)).toBe(401);
    expect(await managementStatus(after)).toBe(200);
    await expect(verified(before)).rejects.toThrow();
    expect(await target.expectOk("GET", `/keys/signing/${String(first)}`)).toMatchObject({
      revoked: true,
      revoked_at: expect.any(String),
    });
  });

  test("come back with a reset", async () => {
    const fresh = await startTestTenant();
    try {
      const read = async () => (await fresh.call("GET", "/.well-known/jwks.json")).body;
      const born = await read();
      await fresh.call("POST", "/api/v2/keys/signing/rotate");
      expect(await read()).not.toEqual(born);
      fresh.tenant.reset();
      expect(await read()).toEqual(born);
    } finally {
      await fresh.close();
    }
  });

  test("of a tenant that was born when there was one go on, and can be rotated", async () => {
    const old = await startTestTenant();
    try {
      const { version, collections } = old.tenant.snapshot();
      const [key] = z.array(z.looseObject({ kid: z.string() })).parse(collections.signing_keys);
      const signing = Object.fromEntries(
        Object.entries(key ?? {}).filter(([name]) => name !== "current_since"),
      );
      const [identity] = z.array(z.record(z.string(), z.json())).parse(collections.identity);
      const then = { ...identity, signing: z.json().parse(signing) };
      old.tenant.restore({ version, collections: { ...collections, identity: [then], signing_keys: [] } });
      const kids = async () =>
        jwksSchema.parse((await old.call("GET", "/.well-known/jwks.json")).body).keys.map(({ kid }) => kid);
      expect(await kids()).toEqual([key?.kid]);
      await old.call("POST", "/api/v2/keys/signing/rotate");
      const after = await kids();
      expect(after).toHaveLength(3);
      expect(after[0]).toBe(key?.kid);
    } finally {
      await old.close();
    }
  });
});

describe("the pages over plain HTTP", () => {
  test("are the same pages, and what they end in is exchanged with TLS, for tokens of the one issuer", async () => {
    const { pagesOrigin, origin } = target.tenant;
    expect(pagesOrigin).toMatch(/^http:\/\/localhost:\d+$/);
    const browser = new Browser(target, pagesOrigin);
    const page = await browser.follow(await browser.get(authorizePath(on)));
    const back = await browser.submit(page, { username: "ada@example.com", password: PASSWORD });
    const { body } = await tokenRequest(target, {
      grant_type: "authorization_code",
      client_id: on.clientId,
      client_secret: on.clientSecret,
      redirect_uri: "http://localhost:3000/callback",
      code: callbackParameters(back).code ?? "",
    });
    const { payload } = await verified(String(body.access_token));
    expect(payload.iss).toBe(`${origin}/`);
    expect(browser.setCookies.join()).not.toMatch(/Secure|__Host-/);
    expect(browser.setCookies.join()).toContain("HttpOnly; SameSite=Lax");
  });

  test("share no session with those over TLS", async () => {
    const plain = new Browser(target, target.tenant.pagesOrigin);
    await plain.submit(await plain.follow(await plain.get(authorizePath(on))), {
      username: "ada@example.com",
      password: PASSWORD,
    });
    const secure = new Browser(target);
    for (const [name, value] of plain.cookies) secure.cookies.set(name, value);
    const answer = await secure.get(authorizePath(on, { prompt: "none" }));
    expect(callbackParameters(answer)).toMatchObject({ error: "login_required" });
  });

  test.each(["/oauth/token", "/api/v2/clients", "/userinfo", "/.well-known/jwks.json", "/_twin"])(
    "are all that there is: no %s",
    async (path) => {
      const browser = new Browser(target, target.tenant.pagesOrigin);
      expect((await browser.get(path)).status).toBe(404);
      expect((await browser.post(path, {})).status).toBe(404);
    },
  );

  test("are not there unless asked for", async () => {
    const plain = await startTestTenant();
    expect(plain.tenant.pagesOrigin).toBeUndefined();
    await plain.close();
  });
});
