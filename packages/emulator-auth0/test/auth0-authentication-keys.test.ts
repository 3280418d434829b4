/** Claim: whoever verifies the tenant's tokens finds what it needs, also while signing keys are rotated. */
import { describe, expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { z } from "zod";
import { Browser, callbackParameters, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";
import { record, records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

const at = new SharedStage({}, { pagesPort: 0, clock: Date.now });

async function publicGet(path: string): Promise<Record<string, unknown>> {
  const { status, body } = await at.target.call("GET", path, undefined, { authorization: null });
  expect(status).toBe(200);
  return record(body);
}

const jwksSchema = z.object({
  keys: z.array(
    z.looseObject({ kty: z.string(), kid: z.string(), x5t: z.string(), x5c: z.array(z.string()) }),
  ),
});

const jwks = async () => jwksSchema.parse(await publicGet("/.well-known/jwks.json"));
const kids = async () => (await jwks()).keys.map(({ kid }) => kid);
const verified = async (token: string) => jwtVerify(token, createLocalJWKSet(await jwks()));

/** A token for the Management API, of the machine kind. */
async function machineToken(): Promise<string> {
  const { origin, management } = at.target.tenant;
  const { body } = await at.token({
    grant_type: "client_credentials",
    client_id: management.clientId,
    client_secret: management.clientSecret,
    audience: `${origin}/api/v2/`,
  });
  return String(body.access_token);
}

const managementStatus = async (token: string) =>
  (await at.target.call("GET", "/api/v2/roles", undefined, { authorization: `Bearer ${token}` })).status;

describe("discovery", () => {
  test("names endpoints that are there, and what they can do", async () => {
    const document = await publicGet("/.well-known/openid-configuration");
    const { origin } = at.target.tenant;
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
      const answers = [await at.target.call("GET", path), await at.target.call("POST", path, {})];
      expect(answers.map(({ status }) => status)).not.toEqual([404, 404]);
    }
    expect(await publicGet("/.well-known/oauth-authorization-server")).toEqual(document);
  });

  test("leaves out the way out that the tenant does not want to announce", async () => {
    await at.patchSettings({ oidc_logout: { rp_logout_end_session_endpoint_discovery: false } });
    expect(await publicGet("/.well-known/openid-configuration")).not.toHaveProperty("end_session_endpoint");
  });
});

describe("signing keys", () => {
  test("are published before they sign, each with its certificate", async () => {
    const { keys } = await jwks();
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256" });
      const certificate = new X509Certificate(Buffer.from(key.x5c[0] ?? "", "base64"));
      const fingerprint = Buffer.from(certificate.fingerprint.replaceAll(":", ""), "hex");
      expect(key.x5t).toBe(fingerprint.toString("base64url"));
      expect(certificate.publicKey.export({ format: "jwk" })).toMatchObject({ n: key.n, e: key.e });
      expect(key).not.toHaveProperty("d");
    }
    const shown = records((await at.target.call("GET", "/api/v2/keys/signing")).body);
    const neither = { previous: false, revoked: false };
    expect(shown).toMatchObject([
      { kid: keys[0]?.kid, current: true, next: false, current_since: expect.any(String), ...neither },
      { kid: keys[1]?.kid, current: false, next: true, ...neither },
    ]);
    expect(JSON.stringify(shown)).not.toContain("PRIVATE");
    expect(String(shown[0]?.pkcs7)).toContain("BEGIN PKCS7");
  });

  test("are rotated: the next signs, the last still verifies until it is revoked, and never signs again", async () => {
    const { target } = at;
    const [first, second] = await kids();
    const before = await machineToken();
    expect(decodeProtectedHeader(before).kid).toBe(first);

    const rotated = await target.call("POST", "/api/v2/keys/signing/rotate");
    expect(rotated).toMatchObject({ status: 201, body: { cert: expect.stringContaining("CERTIFICATE") } });
    const third = record(rotated.body).kid;
    const after = await machineToken();
    expect(decodeProtectedHeader(after).kid).toBe(second);
    expect(await kids()).toEqual([first, second, third]);
    for (const token of [before, after]) {
      await verified(token);
      expect(await managementStatus(token)).toBe(200);
    }

    const revoke = (kid: unknown) => target.call("PUT", `/api/v2/keys/signing/${String(kid)}/revoke`);
    expect((await revoke(second)).status).toBe(400);
    expect((await revoke("none")).status).toBe(404);
    expect(await revoke(first)).toMatchObject({ status: 200, body: { kid: first } });
    expect(await kids()).toEqual([second, third]);
    expect(await managementStatus(before)).toBe(401);
    expect(await managementStatus(after)).toBe(200);
    await expect(verified(before)).rejects.toThrow();
    const shown = await target.expectOk("GET", `/keys/signing/${String(first)}`);
    expect(shown).toMatchObject({ revoked: true, revoked_at: expect.any(String) });
  });

  test("come back with a reset", async () => {
    at.target.tenant.reset();
    const seeded = await jwks();
    await at.target.call("POST", "/api/v2/keys/signing/rotate");
    expect(await jwks()).not.toEqual(seeded);
    at.target.tenant.reset();
    expect(await jwks()).toEqual(seeded);
  });
});

describe("the pages over plain HTTP", () => {
  const plainBrowser = () => new Browser(at.target, at.target.tenant.pagesOrigin);

  test("are the same pages, and what they end in is exchanged with TLS, for tokens of the one issuer", async () => {
    const { pagesOrigin, origin } = at.target.tenant;
    expect(pagesOrigin).toMatch(/^http:\/\/localhost:\d+$/);
    const browser = plainBrowser();
    const back = await at.submitLogin("ada@example.com", PASSWORD, browser);
    const { body } = await at.token(at.codeRequest(callbackParameters(back).code));
    const { payload } = await verified(String(body.access_token));
    expect(payload.iss).toBe(`${origin}/`);
    expect(browser.setCookies.join()).not.toMatch(/Secure|__Host-/);
    expect(browser.setCookies.join()).toContain("HttpOnly; SameSite=Lax");
  });

  test("share no session with those over TLS", async () => {
    const plain = plainBrowser();
    await at.submitLogin("ada@example.com", PASSWORD, plain);
    const secure = new Browser(at.target);
    for (const [name, value] of plain.cookies) secure.cookies.set(name, value);
    expect(await at.silent(secure)).toMatchObject({ error: "login_required" });
  });

  test.each(["/oauth/token", "/api/v2/clients", "/userinfo", "/.well-known/jwks.json", "/_twin"])(
    "are all that there is: no %s",
    async (path) => {
      const answers = [await plainBrowser().get(path), await plainBrowser().post(path, {})];
      for (const { status } of answers) expect([404, 501]).toContain(status);
    },
  );

  test("are not there unless asked for", async () => {
    const plain = await startTestTenant();
    expect(plain.tenant.pagesOrigin).toBeUndefined();
    await plain.close();
  });
});
