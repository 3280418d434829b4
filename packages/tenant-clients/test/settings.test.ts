/** Claim: the settings are the providers' own, in their order of preference, and what is missing is named. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { providerConfig, readAuth0Settings, readOktaSettings, TenantError } from "../index.ts";

/** What is said, and what to do. */
function reported(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof TenantError) return { message: error.message, next: error.next };
  }
  throw new Error("nothing was wrong");
}

test("a provider's part of the configuration", () => {
  const values = { "auth0:domain": "a", "okta:orgName": "b", "ai-api-access:members": "[]" };
  expect(providerConfig(values, "auth0")).toEqual({ domain: "a" });
});

describe("Auth0", () => {
  const domain = "https://acme.us.auth0.com/";
  const everything = {
    AUTH0_API_TOKEN: "token",
    AUTH0_CLIENT_ID: "id",
    AUTH0_CLIENT_SECRET: "secret",
    AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "key",
  };

  test.each([
    ["a token", everything, { kind: "token", token: "token" }],
    [
      "a key",
      { ...everything, AUTH0_API_TOKEN: "" },
      { kind: "key", clientId: "id", key: "key", algorithm: "RS256" },
    ],
    [
      "a secret",
      { AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "secret" },
      { kind: "secret", clientId: "id", clientSecret: "secret" },
    ],
  ])("%s comes first of what is there", (_, environment, credentials) => {
    expect(readAuth0Settings({ domain }, environment)).toEqual({
      domain: "acme.us.auth0.com",
      audience: undefined,
      credentials,
    });
  });

  test("the configuration goes before the environment; what is empty says nothing", () => {
    const environment = { AUTH0_DOMAIN: "other", AUTH0_API_TOKEN: "other-token", AUTH0_AUDIENCE: "audience" };
    expect(readAuth0Settings({ domain: "acme", apiToken: "own", audience: "" }, environment)).toEqual({
      domain: "acme",
      audience: "audience",
      credentials: { kind: "token", token: "own" },
    });
  });

  test("what is missing is named", () => {
    expect(reported(() => readAuth0Settings({}, {}))).toEqual({
      message: "auth0:domain is not set",
      next: "pulumi config set auth0:domain TENANT.REGION.auth0.com, or AUTH0_DOMAIN",
    });
    expect(reported(() => readAuth0Settings({ domain, clientId: "id" }, {}))).toMatchObject({
      message: "there are no credentials for Auth0",
    });
  });
});

describe("Okta", () => {
  const org = { orgName: "acme", baseUrl: "okta.com" };
  const token = { apiToken: "00a" };

  test("an API token goes before an access token, and that before a key", () => {
    const environment = { OKTA_ACCESS_TOKEN: "ey", OKTA_API_CLIENT_ID: "0oa", OKTA_API_PRIVATE_KEY: "key" };
    expect(readOktaSettings({ ...org, ...token }, environment)).toEqual({
      origin: "https://acme.okta.com",
      credentials: { kind: "token", token: "00a" },
    });
    expect(readOktaSettings(org, environment).credentials).toEqual({ kind: "bearer", token: "ey" });
    expect(
      readOktaSettings(org, { ...environment, OKTA_ACCESS_TOKEN: "", OKTA_API_SCOPES: "a,b" }).credentials,
    ).toEqual({ kind: "key", clientId: "0oa", key: "key", keyId: undefined, scopes: ["a", "b"] });
  });

  test("a key may be the path of its file, and scopes a list as JSON", () => {
    const folder = mkdtempSync(join(tmpdir(), "okta-settings-"));
    const file = join(folder, "key.pem");
    writeFileSync(file, "PEM");
    const config = { ...org, clientId: "0oa", privateKey: file, scopes: '["a","b"]' };
    expect(readOktaSettings(config, {}).credentials).toMatchObject({ key: "PEM", scopes: ["a", "b"] });
    rmSync(folder, { recursive: true });
  });

  test("a proxy takes the place of the org's address", () => {
    const config = { ...org, ...token, httpProxy: "http://127.0.0.1:8080" };
    expect(readOktaSettings(config, {}).origin).toBe("http://127.0.0.1:8080");
    const elsewhere = { OKTA_HTTP_PROXY: "http://proxy.example.com:8080" };
    expect(readOktaSettings({ ...org, ...token }, elsewhere).origin).toBe("http://proxy.example.com:8080");
  });

  test("a variable that a local stack left behind leads no real org's token to this machine", () => {
    const leftOver = { OKTA_HTTP_PROXY: "http://localhost:41234" };
    expect(reported(() => readOktaSettings({ ...org, ...token }, leftOver))).toEqual({
      message:
        "OKTA_HTTP_PROXY leads to a port of this machine (http://localhost:41234), and the stack is one of acme.okta.com",
      next: "unset OKTA_HTTP_PROXY, which a local stack left behind",
    });
    const local = { ...leftOver, OKTA_ORG_NAME: "local", OKTA_BASE_URL: "localhost" };
    expect(readOktaSettings(token, local).origin).toBe("http://localhost:41234");
  });

  test("what is missing is named", () => {
    expect(reported(() => readOktaSettings(token, {}))).toMatchObject({ message: "the org is not named" });
    expect(reported(() => readOktaSettings(org, {}))).toMatchObject({
      message: "there are no credentials for Okta",
    });
  });
});
