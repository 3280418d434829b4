/** Claim: applications that the tenant does not know yet can register themselves, or by their metadata document. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  AUDIENCE,
  authorizePath,
  Browser,
  CALLBACK,
  callbackParameters,
  PASSWORD,
  pkce,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import { record } from "@ai-api-access/testing/auth0-tenant.ts";
import { decodeJwt, exportSPKI, generateKeyPair, SignJWT } from "jose";
import { SharedStage } from "./stage.ts";

const at = new SharedStage({ token_dialect: "rfc9068_profile_authz", allow_offline_access: true });
const { verifier, challenge } = pkce();

beforeEach(async () => {
  await at.patchSettings({ flags: { enable_dynamic_client_registration: true } });
  await at.target.expectOk("PATCH", `/connections/${at.on.connectionId}`, { is_domain_connection: true });
  await at.newId("/client-grants", {
    default_for: "third_party_clients",
    audience: AUDIENCE,
    allow_all_scopes: true,
    subject_type: "user",
  });
});

const METADATA = {
  client_name: "Assistant",
  redirect_uris: [CALLBACK],
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  response_types: ["code"],
};

async function register(metadata: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const { status, body } = await at.target.call("POST", "/oidc/register", metadata, { authorization: null });
  return { status, body: record(body) };
}

/** Signs Ada in at the request of an application, and lets it have what it asks for; gives the code. */
async function codeFor(clientId: string): Promise<string> {
  const browser = new Browser(at.target);
  const asked = {
    code_challenge: challenge,
    code_challenge_method: "S256",
    organization: "",
    prompt: "consent",
  };
  const request = authorizePath({ ...at.on, clientId }, { ...asked, scope: "ai:read offline_access" });
  const page = await browser.follow(await browser.get(request));
  const consent = await browser.submit(page, { username: "ada@example.com", password: PASSWORD });
  const answer = await browser.submit(consent, { choice: "accept", person: "ada@example.com" });
  return callbackParameters(answer).code ?? "";
}

const exchange = (more: Record<string, string>) =>
  at.token({ grant_type: "authorization_code", redirect_uri: CALLBACK, code_verifier: verifier, ...more });

describe("an application that registers itself", () => {
  test("gets a third party's id, keeps no secret if it says so, and has the grants that it may", async () => {
    const { status, body } = await register(METADATA);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        client_name: "Assistant",
        client_id: expect.stringMatching(/^tpc_\w{22}$/),
        redirect_uris: [CALLBACK],
        client_secret_expires_at: 0,
        grant_types: ["authorization_code", "refresh_token"],
        token_endpoint_auth_method: "none",
      },
    });
    const stored = await at.target.expectOk("GET", `/clients/${String(body.client_id)}`);
    expect(stored).toMatchObject({
      is_first_party: false,
      third_party_security_mode: "strict",
      refresh_token: { rotation_type: "rotating", expiration_type: "expiring" },
    });
    expect((await register({ redirect_uris: [CALLBACK] })).body).toMatchObject({
      client_name: "My App",
      client_secret: expect.any(String),
      token_endpoint_auth_method: "client_secret_post",
    });
  });

  test("signs people in", async () => {
    const client_id = String((await register(METADATA)).body.client_id);
    const { status, body } = await exchange({ client_id, code: await codeFor(client_id) });
    expect(status).toBe(200);
    expect(body).toHaveProperty("refresh_token");
    expect(decodeJwt(String(body.access_token))).toMatchObject({ aud: AUDIENCE, client_id });
  });

  test.each([
    ["without a callback", { redirect_uris: [] }, "invalid_redirect_uri"],
    [
      "with a placeholder in its callback",
      { redirect_uris: ["https://*.example.com"] },
      "invalid_redirect_uri",
    ],
    ["with a script for a callback", { redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    ["with an unknown authentication", { token_endpoint_auth_method: "tls" }, "invalid_client_metadata"],
    ["for the implicit flow", { response_types: ["token"] }, "invalid_client_metadata"],
  ])("%s is refused", async (_name, changes, error) => {
    const { status, body } = await register({ ...METADATA, ...changes });
    expect({ status, error: body.error }).toEqual({ status: 400, error });
  });

  test("is refused in a tenant that takes no registrations, and permissive in one that says so", async () => {
    await at.patchSettings({ dynamic_client_registration_security_mode: "permissive" });
    const { body } = await register(METADATA);
    const stored = await at.target.expectOk("GET", `/clients/${String(body.client_id)}`);
    expect(stored).toMatchObject({ is_first_party: false, third_party_security_mode: "permissive" });
    await at.patchSettings({ flags: { enable_dynamic_client_registration: false } });
    expect((await register(METADATA)).status).toBe(403);
  });
});

test("the metadata say what the tenant takes", async () => {
  const read = async () => {
    const { body } = await at.target.call("GET", "/.well-known/oauth-authorization-server");
    return record(body);
  };
  const before = await read();
  expect(before.registration_endpoint).toBe(`${at.target.tenant.origin}/oidc/register`);
  expect(before).not.toHaveProperty("client_id_metadata_document_supported");
  expect(before).not.toHaveProperty("authorization_response_iss_parameter_supported");
  const on = {
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
  };
  await at.patchSettings(on);
  expect(await read()).toMatchObject(on);
});

describe("an application that was registered by its metadata document", () => {
  const url = "https://assistant.example/client.json";
  const document = {
    name: "Assistant",
    is_first_party: false,
    third_party_security_mode: "strict",
    external_client_id: url,
    app_type: "native",
    callbacks: [CALLBACK],
    grant_types: ["authorization_code", "refresh_token"],
  };

  test("is known by the URL of the document, and named so in tokens", async () => {
    await at.newClient({ ...document, token_endpoint_auth_method: "none" });
    const { status, body } = await exchange({ client_id: url, code: await codeFor(url) });
    expect(status).toBe(200);
    expect(decodeJwt(String(body.access_token))).toMatchObject({ aud: AUDIENCE, client_id: url });
    const refresh = {
      grant_type: "refresh_token",
      client_id: url,
      refresh_token: String(body.refresh_token),
    };
    expect((await at.token(refresh)).status).toBe(200);
  });

  test("proves itself by the keys that it was registered with", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const credential = { credential_type: "public_key", pem: await exportSPKI(publicKey), alg: "RS256" };
    const methods = { private_key_jwt: { credentials: [credential] } };
    await at.newClient({ ...document, client_authentication_methods: methods });
    const assertionOf = (issuer: string) =>
      new SignJWT()
        .setProtectedHeader({ alg: "RS256" })
        .setIssuer(issuer)
        .setSubject(issuer)
        .setAudience(`${at.target.tenant.origin}/`)
        .setExpirationTime(at.now / 1000 + 60)
        .sign(privateKey);
    const by = async (assertion: string) => ({
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
      code: await codeFor(url),
    });
    expect((await exchange({ client_id: url, code: await codeFor(url) })).status).toBe(401);
    expect((await exchange(await by(await assertionOf("https://evil.example/client.json")))).status).toBe(
      401,
    );
    expect((await exchange(await by(await assertionOf(url)))).status).toBe(200);
  });

  test("that nobody registered is not known", async () => {
    const answer = await new Browser(at.target).get(authorizePath({ ...at.on, clientId: url }));
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining(`Unknown client: ${url}`) });
  });
});
