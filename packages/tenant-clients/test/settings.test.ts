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
  const values = { "auth0:domain": "a", "okta:orgName": "b", "ai-api-access:organization.members": "[]" };
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

  test.each([
    [
      { domain },
      everything,
      "AUTH0_DOMAIN is a port of this machine (localhost:4443), and the stack is one of acme.us.auth0.com",
    ],
    [
      { apiToken: "own" },
      {},
      "AUTH0_DOMAIN is a port of this machine (localhost:4443), and the stack has credentials of its own",
    ],
  ])(
    "credentials do not mix with those that a local stack left in the shell",
    (config, environment, message) => {
      expect(
        reported(() => readAuth0Settings(config, { ...environment, AUTH0_DOMAIN: "localhost:4443" })),
      ).toEqual({
        message,
        next: "unset AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, which a local stack left behind",
      });
    },
  );

  test("a stack of which everything is its own, or nothing, may be local or not", () => {
    const shell = { ...everything, AUTH0_DOMAIN: "localhost:4443" };
    expect(readAuth0Settings({}, shell).domain).toBe("localhost:4443");
    expect(readAuth0Settings({ domain, apiToken: "own" }, shell).domain).toBe("acme.us.auth0.com");
    expect(readAuth0Settings({ domain: "localhost:1", apiToken: "own" }, shell).domain).toBe("localhost:1");
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

  const local = { orgName: "local", baseUrl: "localhost" };
  const leftOver = { OKTA_HTTP_PROXY: "http://localhost:41234" };

  test("a proxy takes the place of a local org's address", () => {
    const config = { ...local, ...token, httpProxy: "http://127.0.0.1:8080" };
    expect(readOktaSettings(config, {}).origin).toBe("http://127.0.0.1:8080");
    const shell = {
      ...leftOver,
      OKTA_ORG_NAME: "local",
      OKTA_BASE_URL: "localhost",
      OKTA_API_TOKEN: "00a",
    };
    expect(readOktaSettings({}, shell).origin).toBe("http://localhost:41234");
  });

  test.each([
    [
      "left in the shell",
      org,
      leftOver,
      "OKTA_HTTP_PROXY leads to a port of this machine (http://localhost:41234), and the stack is one of acme.okta.com",
      "unset OKTA_HTTP_PROXY, which a local stack left behind",
    ],
    [
      "of the configuration",
      { ...org, httpProxy: "http://127.0.0.1:80" },
      {},
      "okta:httpProxy leads to a port of this machine (http://127.0.0.1), and the stack is one of acme.okta.com",
      "pulumi config rm okta:httpProxy",
    ],
    [
      "left in the shell with the org's name",
      {},
      { ...leftOver, OKTA_ORG_NAME: "local", OKTA_BASE_URL: "localhost" },
      "OKTA_HTTP_PROXY leads to a port of this machine (http://localhost:41234), and the stack has credentials of its own",
      "unset OKTA_HTTP_PROXY, which a local stack left behind",
    ],
  ])("a proxy on this machine gets no real org's token: %s", (_, config, environment, message, next) => {
    expect(reported(() => readOktaSettings({ ...config, ...token }, environment))).toEqual({ message, next });
  });

  test("a proxy elsewhere gets the token only where it is trusted", () => {
    const elsewhere = { OKTA_HTTP_PROXY: "http://proxy.example.com:8080" };
    expect(reported(() => readOktaSettings({ ...org, ...token }, elsewhere))).toEqual({
      message: "OKTA_HTTP_PROXY would send the org's credentials to http://proxy.example.com:8080",
      next: "unset OKTA_HTTP_PROXY, or, if it is meant, pulumi config set oktaHttpProxy http://proxy.example.com:8080",
    });
    const trusted = "http://proxy.example.com:8080/";
    expect(readOktaSettings({ ...org, ...token }, elsewhere, trusted).origin).toBe(
      "http://proxy.example.com:8080",
    );
    expect(reported(() => readOktaSettings({ ...org, ...token, httpProxy: "proxy" }, {})).message).toBe(
      "okta:httpProxy is no URL",
    );
  });

  test("what is missing is named", () => {
    expect(reported(() => readOktaSettings(token, {}))).toMatchObject({ message: "the org is not named" });
    expect(reported(() => readOktaSettings(org, {}))).toMatchObject({
      message: "there are no credentials for Okta",
    });
  });
});
