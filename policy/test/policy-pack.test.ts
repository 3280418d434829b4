/** Every rule of the policy pack: what it refuses, and what is all right beside it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACK, ServedPack, type Properties, type Shown } from "./served-pack.ts";

let pack: ServedPack;
beforeAll(async () => {
  pack = await ServedPack.start();
});
afterEach(() => pack.configure({}));
afterAll(() => pack.stop());

interface Case {
  readonly rule: string;
  readonly good: readonly Shown[];
  readonly bad: readonly Shown[];
  /** The configuration of the rule. */
  readonly config?: Properties;
}

const CONNECTION = "auth0:index/connection:Connection";
const connection = (properties: Properties, protect = true): Shown => ({
  type: CONNECTION,
  properties: { name: "users", strategy: "auth0", ...properties },
  protect,
});
const app = (properties: Properties): Shown => ({
  type: "okta:app/oAuth:OAuth",
  properties: { label: "AI", type: "service", ...properties },
});
const method = (tokenEndpointAuthMethod: string, more: Properties = {}) =>
  app({ tokenEndpointAuthMethod, ...more });
const rsaKey = (bits: number, e = "AQAB"): Properties => ({
  kty: "RSA",
  kid: "one",
  n: Buffer.alloc(bits / 8, 255).toString("base64url"),
  e,
});
const rule = (properties: Properties): Shown => ({
  type: "okta:auth/serverPolicyRule:ServerPolicyRule",
  properties: {
    name: "machines",
    grantTypeWhitelists: ["client_credentials"],
    scopeWhitelists: ["ai:read"],
    ...properties,
  },
});
const policy = (clientWhitelists: string[]): Shown => ({
  type: "okta:auth/serverPolicy:ServerPolicy",
  properties: { name: "machines", clientWhitelists },
});
const api = (properties: Properties): Shown => ({
  type: "auth0:index/resourceServer:ResourceServer",
  properties: {
    name: "AI API",
    identifier: "https://ai.example.com",
    subjectTypeAuthorization: { user: { policy: "require_client_grant" } },
    ...properties,
  },
});
const plural = (kind: string): Shown => ({
  type: `auth0:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  properties: { organizationId: "org_1", members: ["auth0|1"] },
});
const scope = (properties: Properties): Shown => ({
  type: "okta:auth/serverScope:ServerScope",
  name: "service-app-scope",
  properties,
});

const CASES: readonly Case[] = [
  {
    rule: "api-requires-a-grant",
    good: [api({}), api({ subjectTypeAuthorization: { user: { policy: "deny_all" } } })],
    bad: [
      api({ subjectTypeAuthorization: { user: { policy: "allow_all" } } }),
      api({ subjectTypeAuthorization: { client: { policy: "require_client_grant" } } }),
      api({ subjectTypeAuthorization: {} }),
    ],
  },
  {
    rule: "connection-is-protected",
    good: [connection({}), connection({ strategy: "samlp" }, false)],
    bad: [
      connection({}, false),
      connection({ strategy: "" }, false),
      { type: CONNECTION, properties: { name: "users" } },
    ],
  },
  {
    rule: "no-enabled-clients",
    good: [connection({}), plural("ConnectionClient")],
    bad: [connection({ enabledClients: ["client"] }), plural("ConnectionClients")],
  },
  {
    rule: "no-plural-members",
    good: [plural("OrganizationMember"), plural("OrganizationMemberRole"), plural("OrganizationConnection")],
    bad: [
      plural("OrganizationMembers"),
      plural("OrganizationMemberRoles"),
      plural("OrganizationConnections"),
      plural("UserRoles"),
    ],
  },
  {
    rule: "explicit-names",
    good: [scope({ name: "ai:read" }), scope({ name: "service-app-scope-1234567x" })],
    bad: [
      scope({}),
      scope({ name: "" }),
      scope({ name: " " }),
      scope({ name: "service-app-scope-1a2b3c4" }),
      scope({ name: "ai", __defaults: ["name"] }),
    ],
  },
  {
    rule: "private-key-in-production",
    config: { production: true },
    good: [
      method("private_key_jwt"),
      method("client_secret_post", { type: "web" }),
      method("client_secret_post", { type: "web", grantTypes: ["authorization_code"] }),
    ],
    bad: [
      method("client_secret_post"),
      method("client_secret_basic"),
      app({}),
      method("client_secret_post", { type: "web", grantTypes: ["authorization_code", "client_credentials"] }),
    ],
  },
  {
    rule: "strong-keys",
    good: [
      app({ jwks: [rsaKey(2048), { kty: "EC", kid: "two", x: "f83O", y: "x_FE" }] }),
      app({ jwksUri: "https://keys.example.com/jwks.json" }),
      app({ jwksUri: "http://localhost:3000/jwks.json" }),
    ],
    bad: [
      app({ jwks: [rsaKey(2048), rsaKey(1024)] }),
      app({ jwks: [rsaKey(2048, "AQ")] }),
      app({ jwksUri: "http://keys.example.com/jwks.json" }),
    ],
  },
  {
    rule: "machine-scopes",
    good: [rule({}), rule({ grantTypeWhitelists: ["authorization_code"], scopeWhitelists: ["openid"] })],
    bad: [rule({ scopeWhitelists: ["ai:read", "openid"] })],
  },
  {
    rule: "rule-names-its-scopes",
    good: [rule({}), rule({ scopeWhitelists: ["ai:*"] })],
    bad: [rule({ scopeWhitelists: ["*"] })],
  },
  {
    rule: "rule-names-its-grants",
    good: [rule({}), rule({ grantTypeWhitelists: ["client_credentials", "authorization_code"] })],
    bad: [rule({ grantTypeWhitelists: ["*"] }), rule({ grantTypeWhitelists: ["client_credentials", "*"] })],
  },
  {
    rule: "policy-names-its-apps",
    good: [policy(["0oa1"])],
    bad: [policy(["ALL_CLIENTS"])],
  },
  {
    rule: "token-lifetime",
    good: [rule({}), rule({ accessTokenLifetimeMinutes: 60 }), api({}), api({ tokenLifetime: 86_400 })],
    bad: [
      rule({ accessTokenLifetimeMinutes: 61 }),
      api({ tokenLifetime: 86_401 }),
      api({ tokenLifetime: 600, tokenLifetimeForWeb: 86_401 }),
    ],
  },
  {
    rule: "token-lifetime",
    config: { machineMinutes: 5, peopleMinutes: 10 },
    good: [
      rule({ accessTokenLifetimeMinutes: 5 }),
      api({ tokenLifetime: 600 }),
      api({ tokenLifetime: 600, tokenLifetimeForWeb: 600 }),
    ],
    bad: [
      rule({ accessTokenLifetimeMinutes: 6 }),
      rule({}),
      api({ tokenLifetime: 601 }),
      api({ tokenLifetime: 600, tokenLifetimeForWeb: 601 }),
      api({}),
    ],
  },
  {
    rule: "no-plural-members",
    config: { allowed: ["auth0:index/organizationMembers:OrganizationMembers"] },
    good: [plural("OrganizationMembers")],
    bad: [plural("OrganizationMemberRoles")],
  },
];

test("every rule has cases here, and a line in the documentation", async () => {
  const names = await pack.rules();
  expect([...new Set(CASES.map((given) => given.rule))].sort()).toEqual(names);
  const documented = readFileSync(join(PACK, "../docs/policy.md"), "utf8");
  expect(names.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
});

describe.each(CASES)("$rule $config", ({ rule: name, good, bad, config }) => {
  test.each(good.map((shown): [string, Shown] => [JSON.stringify(shown), shown]))(
    "takes %s",
    async (_, shown) => {
      if (config) await pack.configure({ [name]: config });
      expect(await pack.violations(shown)).not.toContain(name);
    },
  );
  test.each(bad.map((shown): [string, Shown] => [JSON.stringify(shown), shown]))(
    "refuses %s",
    async (_, shown) => {
      if (config) await pack.configure({ [name]: config });
      expect(await pack.violations(shown)).toEqual([name]);
    },
  );
});

test("what a stack is called says nothing of production", async () => {
  for (const stack of ["prod", "PROD", "production", "live"]) {
    expect(await pack.violations({ ...method("client_secret_post"), stack })).toEqual([]);
  }
});

test("the file for production says that it is production, and nothing else", () => {
  expect(JSON.parse(readFileSync(join(PACK, "production.json"), "utf8"))).toEqual({
    "private-key-in-production": { production: true },
  });
});

test("a violation says what to do and stops the update; what is not known yet only says so", async () => {
  await pack.configure({ "private-key-in-production": { production: true } });
  expect(await pack.messages(method("client_secret_post"))).toEqual([
    "1 In production, an app for machines proves itself with a key that never leaves it, not with a shared secret.\n" +
      "This is a production stack, and this app proves itself with client_secret_post. " +
      "Use private_key_jwt: npx ai-api-access keys new (docs/keys.md).",
  ]);
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const [message, ...others] = await pack.messages(policy([unknown]));
  expect(others).toEqual([]);
  expect(message).toMatch(/^0 can't run policy 'policy-names-its-apps' .* during preview/);
});
