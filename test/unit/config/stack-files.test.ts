import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { findConfigMistakes, readStackConfig } from "../../../src/config/index.ts";
import { fieldsOf, unwrap } from "../../../src/components/checks/field.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { configOfStackFile, localStack, localStackWith, sourceOf, withChanges } from "./stack-file.ts";

test("the local stack has no mistake once the twin says where the tenant is", () => {
  expect(findConfigMistakes(sourceOf(localStack()))).toEqual([]);
});

test("the dev stack is refused for what is still to be filled in, and for nothing else", () => {
  const mistakes = findConfigMistakes(sourceOf(configOfStackFile("Pulumi.dev.yaml")));

  expect(mistakes.map(({ key, got }) => `${key}: ${got}`)).toEqual([
    'auth0:domain: the placeholder "your-tenant.us.auth0.com"',
    'okta:orgName: the placeholder "your-org"',
    'ai-api-access:organization.members[0].user: the placeholder "<USER_ID>"',
    'ai-api-access:organization.members[1].email: the placeholder "<EMAIL>"',
    'ai-api-access:organization.members[1].roles[1]: the placeholder "<ROLE_ID>"',
  ]);
});

test("the dev stack has no mistake once it is filled in", () => {
  const filledIn = {
    ...configOfStackFile("Pulumi.dev.yaml"),
    "auth0:domain": "acme.us.auth0.com",
    "okta:orgName": "acme",
  };
  const members = [{ email: "ada@example.com", roles: ["ai-editor", "rol_AbCdEf1234567890"] }];
  const config = withChanges(filledIn, { "organization.members": members });

  expect(findConfigMistakes(sourceOf(config))).toEqual([]);
});

test("the dev stack has every key of the configuration, as a value or as a comment", () => {
  const text = readFileSync(new URL("../../../Pulumi.dev.yaml", import.meta.url), "utf8");
  const missing = [...new Set(namesIn(configSchema))].filter(
    (name) => !new RegExp(`(?<![\\w-])${name}: `).test(text.replaceAll("\n", " ")),
  );

  expect(missing).toEqual([]);
});

/** The names of all fields, at any depth. */
function namesIn(schema: z.core.$ZodType): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return namesIn(inner.element);
  if (inner instanceof z.ZodRecord) return namesIn(inner.valueType);
  return fieldsOf(inner).flatMap(([name, of]) => [name, ...namesIn(of)]);
}

test("a key that is empty is a key that is not there", () => {
  const config = readStackConfig(
    sourceOf(localStackWith({ loginApp: {}, "organization.members": [], roles: [], customDomain: "" })),
  );

  expect(config).toMatchObject({ loginApp: undefined, roles: [] });
  expect(config.organizations.map(({ members }) => members)).toEqual([[]]);
  expect(config.organizationDomain).toBe("localhost:4443");
});

test("what is left out has its default", () => {
  const config = readStackConfig(
    sourceOf(
      localStackWith({
        "organization.connections": [{ database: "users" }],
        serviceApp: { scopes: [{ name: "ai:read" }] },
        loginApp: { name: "Console", callbacks: ["https://console.example.com/callback"] },
      }),
    ),
  );

  expect(config.organizations[0]?.connections).toEqual([
    {
      kind: "database",
      name: "users",
      key: "ai-api-access:organization.connections[0]",
      passwordPolicy: "good",
      passwordHistory: 5,
      passwordDictionary: true,
      passwordNoPersonalInfo: true,
      deleteWithStack: false,
      assignMembershipOnLogin: true,
      isSignupEnabled: false,
      link: {},
    },
  ]);
  expect(config.loginApp).toEqual({
    name: "Console",
    type: "regular_web",
    callbacks: ["https://console.example.com/callback"],
    logoutUrls: [],
    organizationUsage: "require",
    requirePushedAuthorizationRequests: false,
  });
  expect(config.api).toMatchObject({
    tokenLifetimeSeconds: 86_400,
    offlineAccess: false,
    accessPolicy: "require_client_grant",
  });
  expect(config.serviceApp).toEqual({
    label: "AI Service OAuth App",
    authentication: { method: "client_secret_post" },
    authorizationServer: {
      kind: "own",
      name: "AI API",
      description: "AI API",
      audience: "https://ai.example.com",
    },
    scopes: [{ name: "ai:read", existing: false }],
    accessTokenLifetimeMinutes: 60,
    redirectUris: [],
    postLogoutRedirectUris: [],
  });
});

test("of a public key only what the provider can send is kept", () => {
  const key = {
    ...{ kty: "EC", kid: "one" },
    // Of RFC 7515, A.3.1.
    ...{ x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" },
  };
  const config = readStackConfig(
    sourceOf(
      localStackWith({
        "serviceApp.tokenEndpointAuthMethod": "private_key_jwt",
        "serviceApp.jwks": [{ ...key, use: "sig", alg: "ES256", crv: "P-256" }],
      }),
    ),
  );

  expect(config.serviceApp?.authentication).toEqual({ method: "private_key_jwt", jwks: [key] });
});

test("the organization's domain is the custom one, else the tenant's as the provider reads it", () => {
  const withDomain = (changes: Record<string, unknown>, environment: Record<string, string> = {}) =>
    readStackConfig(sourceOf(localStackWith(changes), { environment })).organizationDomain;

  expect(withDomain({ customDomain: "login.example.com" })).toBe("login.example.com");
  expect(withDomain({ "auth0:domain": "https://acme.us.auth0.com/" })).toBe("acme.us.auth0.com");
  expect(withDomain({ "auth0:domain": undefined }, { AUTH0_DOMAIN: "acme.eu.auth0.com" })).toBe(
    "acme.eu.auth0.com",
  );
  expect(withDomain({ "auth0:domain": undefined }, { AUTH0_CLI_LOGIN: "true" })).toBeUndefined();
});
