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
const app = (method: string | undefined, stack: string, type = "service"): Shown => ({
  type: "okta:app/oAuth:OAuth",
  properties: { label: "AI", type, ...(method === undefined ? {} : { tokenEndpointAuthMethod: method }) },
  stack,
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
    bad: [connection({}, false)],
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
      scope({ name: "service-app-scope-1a2b3c4" }),
      scope({ name: "ai", __defaults: ["name"] }),
    ],
  },
  {
    rule: "private-key-in-production",
    good: [
      app("private_key_jwt", "prod"),
      app("client_secret_post", "dev"),
      app("client_secret_post", "product"),
      app("client_secret_post", "prod", "web"),
    ],
    bad: [
      app("client_secret_post", "prod"),
      app("client_secret_basic", "acme-production"),
      app(undefined, "prod-eu"),
    ],
  },
  {
    rule: "private-key-in-production",
    config: { stacks: ["live.*"] },
    good: [app("client_secret_post", "prod"), app("client_secret_post", "liveliness")],
    bad: [app("client_secret_post", "live.eu")],
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
    rule: "policy-names-its-apps",
    good: [policy(["0oa1"])],
    bad: [policy(["ALL_CLIENTS"])],
  },
  {
    rule: "token-lifetime",
    good: [rule({}), rule({ accessTokenLifetimeMinutes: 60 }), api({}), api({ tokenLifetime: 86_400 })],
    bad: [rule({ accessTokenLifetimeMinutes: 61 }), api({ tokenLifetime: 86_401 })],
  },
  {
    rule: "token-lifetime",
    config: { machineMinutes: 5, peopleMinutes: 10 },
    good: [rule({ accessTokenLifetimeMinutes: 5 }), api({ tokenLifetime: 600 })],
    bad: [rule({ accessTokenLifetimeMinutes: 6 }), api({ tokenLifetime: 601 })],
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

test("a violation says what to do and stops the update; what is not known yet only says so", async () => {
  expect(await pack.messages(app("client_secret_post", "prod"))).toEqual([
    "1 In production, a service app proves itself with a key that never leaves it, not with a shared secret.\n" +
      "prod is a production stack, and this app proves itself with client_secret_post. " +
      "Use private_key_jwt: npx ai-api-access keys new (docs/keys.md).",
  ]);
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const [message, ...others] = await pack.messages(policy([unknown]));
  expect(others).toEqual([]);
  expect(message).toMatch(/^0 can't run policy 'policy-names-its-apps' .* during preview/);
});
