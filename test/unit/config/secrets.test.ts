import { describe, expect, test } from "@jest/globals";
import { ConfigError, findConfigMistakes } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

function said(changes: Readonly<Record<string, unknown>>, secretKeys: readonly string[] = []): string {
  return new ConfigError(findConfigMistakes(sourceOf(localStackWith(changes), { secretKeys })), "dev")
    .message;
}

describe("a secret never shows up in a message", () => {
  test("of the providers, in plain text or not", () => {
    const changes = { "auth0:clientSecret": "your-kT9vXw2L", "okta:apiToken": "00aXw2LrQ8sPz4mNb6c" };

    expect(said(changes)).not.toMatch(/kT9vXw2L|00aXw2/);
    expect(said(changes, ["auth0:clientSecret", "okta:apiToken"])).not.toMatch(/kT9vXw2L|00aXw2/);
  });

  test("of our own keys, wherever their value is quoted", () => {
    const message = said(
      {
        "api.permissions[0].name": "ai:hidden",
        "api.permissions[1].name": "ai hidden",
        "roles[0].name": "<X>",
      },
      ["ai-api-access:api"],
    );

    expect(message).toContain(
      "ai-api-access:api.permissions[1].name\n     got:     a value that was given as a secret",
    );
    expect(message).toContain("wants:   a permission that ai-api-access:api declares: [secret], [secret]");
    expect(message).not.toMatch(/ai.hidden/);
  });

  test.each([
    [
      "a part of the private key",
      { kty: "RSA", kid: "one", e: "AQAB", n: "abc", d: "GyM9bVnC3xZ1" },
      "GyM9bVnC3xZ1",
    ],
    ["a private key without its first line", "MIIEvQIBADANBgkqhkiG", "MIIEvQIBADANBg"],
    ["a whole private key", "-----BEGIN PRIVATE KEY-----\nGyM9bVnC3xZ1", "GyM9bVnC3xZ1"],
  ])("of %s among the public ones", (_, key, secret) => {
    const message = said({
      "serviceApp.tokenEndpointAuthMethod": "private_key_jwt",
      "serviceApp.jwks": [key],
    });

    expect(message).toContain("ai-api-access:serviceApp.jwks[0]");
    expect(message).not.toContain(secret);
  });

  test("of a key that does not exist", () => {
    expect(said({ "serviceApp.clientSecret": "kT9vXw2LrQ8sPz4m" })).not.toContain("kT9vXw2L");
  });
});

test("an encrypted secret is no mistake, nor is one in the environment", () => {
  const encrypted = localStackWith({
    "auth0:clientSecret": "kT9vXw2LrQ8sPz4m",
    "okta:apiToken": "00aXw2LrQ8s",
  });
  const secretKeys = ["auth0:clientSecret", "okta:apiToken"];

  expect(findConfigMistakes(sourceOf(encrypted, { secretKeys }))).toEqual([]);
  expect(
    findConfigMistakes(
      sourceOf(localStackWith({}), { environment: { AUTH0_CLIENT_SECRET: "kT9vXw2LrQ8sPz4m" } }),
    ),
  ).toEqual([]);
});

test.each([
  "/run/keys/okta.pem",
  "keys/okta.pem",
  "okta.jwk",
  "~/keys/okta",
  "../okta.pem",
  "C:\\keys\\okta.pem",
])("the path of Okta's private key is no secret: %s", (path) => {
  expect(findConfigMistakes(sourceOf(localStackWith({ "okta:privateKey": path })))).toEqual([]);
});

test.each([
  ["PEM", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG"],
  ["PEM without its first line", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC/ab+cd"],
  ["PEM in base64", "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURB"],
  ["a JWK", '{"kty":"RSA","d":"GyM9bVnC3xZ1"}'],
  ["a JWK in base64", "eyJrdHkiOiJSU0EiLCJkIjoiR3lNOWJWbkMzeFoxIn0="],
])("Okta's private key in plain text is noticed: %s", (_, key) => {
  const mistakes = findConfigMistakes(sourceOf(localStackWith({ "okta:privateKey": key })));

  expect(mistakes.map(({ key: at, got }) => `${at}: ${got}`)).toEqual([
    "okta:privateKey: a secret in plain text (not shown)",
  ]);
});
