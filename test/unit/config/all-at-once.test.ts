import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, findConfigMistakes } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

const twenty = localStackWith({
  "auth0:domain": "your-tenant.us.auth0.com",
  "auth0:clientSecret": "kT9vXw2LrQ8sPz4mNb6c",
  "organization.name": "My Company",
  "organization.branding.logoUrl": "http://example.com/logo.png",
  "organization.branding.pageBackgroundColor": "white",
  "organization.metadata": { seats: 5 },
  "organization.connections": [{ database: "Username-Password-Authentication", passwordPolicy: "strong" }],
  "loginApp.callbacks[0]": "http://console.example.com/callback",
  "api.permissions[1].name": "ai write",
  "api.tokenLifetimeSeconds": "3600",
  "roles[0].permissions[0]": "ai:raed",
  "roles[1].permissions": [],
  "organization.members[0].email": "ada@example.com",
  "organization.members[1].email": "grace",
  "serviceApp.tokenEndpointAuthMethod": "private_key_jwt",
  "serviceApp.jwks": [
    {
      kty: "RSA",
      kid: "one",
      e: "AQAB",
      n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
      d: "GyM9bVnC3xZ1",
    },
  ],
  "serviceApp.scopes[1].name": "openid",
  "serviceApp.accessTokenLifetimeMinutes": 2,
  "serviceApp.redirectUri": "https://example.com/oauth/callback",
  customDomain: "https://login.example.com",
});

test("twenty mistakes are reported in one message, in the order of the keys", () => {
  const mistakes = findConfigMistakes(sourceOf(twenty));

  expect(mistakes).toHaveLength(20);
  expect(`${new ConfigError(mistakes, "dev").message}\n`).toBe(
    readFileSync(new URL("twenty-mistakes.txt", import.meta.url), "utf8"),
  );
});

test("a mistake in the configuration is shown without a stack trace", () => {
  expect(pulumi.RunError.isInstance(new ConfigError([], "dev"))).toBe(true);
});

test("a value of the wrong type hides no mistake beside it", () => {
  const keys = findConfigMistakes(
    sourceOf(
      localStackWith({
        "api.name": 5,
        "api.permissions[1]": "ai:write",
        "roles[1].name": false,
        "roles[0].permissions": ["ai:read", "ai:delete"],
        "organization.members[0].roles": "ai-editor",
        "organization.members[1].user": "auth0|64f0000000000000000000a2",
        "serviceApp.label": [],
        "serviceApp.scopes": [5, { name: "email" }],
      }),
    ),
  ).map(({ key }) => key.replace("ai-api-access:", ""));

  expect(keys).toEqual([
    "organization.members[0].roles",
    "organization.members[1]",
    "api.name",
    "api.permissions[1]",
    "roles[0].permissions[1]",
    "roles[1].name",
    "roles[1].permissions[1]",
    "serviceApp.label",
    "serviceApp.scopes[0]",
    "serviceApp.scopes[1].name",
  ]);
});
