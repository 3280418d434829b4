/** What the demo expects of people and applications follows from the configuration, however it was edited. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { calls } from "../src/demo/calls.ts";
import { mcpCalls } from "../src/demo/mcp-calls.ts";
import { whyNobody } from "../src/demo/expected.ts";
import { repositoryRoot } from "../src/machine/folders.ts";
import { checkedConfig, type StackConfig } from "../src/program.ts";
import { readLocalStack, type ConfigValues } from "../src/project.ts";

const configWith = (overrides: ConfigValues) =>
  checkedConfig(
    { ...config, declareStack },
    { "auth0:domain": "localhost:4443", ...readLocalStack(overrides).config },
  );

function onlyOf({ organizations: [organization] }: StackConfig) {
  if (organization === undefined) throw new Error("The local stack has no organization.");
  return organization;
}

const never = () => Promise.reject(new Error("Nothing is asked here."));
/** Who calls, and what should happen; callers that no edit of the people touches are left out. */
const expected = (overrides: ConfigValues) => rows(overrides).slice(4, -3);

function rows(overrides: ConfigValues): string[] {
  const tokens = {
    ...{ machine: { token: never, expired: never }, person: never, bound: never, atOkta: never },
    ...{ anotherApplication: never, stranger: never },
  };
  const api = { origin: "http://127.0.0.1:1", close: never };
  const stack = configWith(overrides);
  const organization = onlyOf(stack);
  const all = calls({ api, tokens, config: stack, organization, anotherOrganization: "org_other", ids: {} });
  return all.map((call) => `${call.caller}: ${call.expected}`);
}

test("an edit of the people changes what is expected of them", () => {
  const members = [
    { email: "alan@example.com", roles: ["ai-editor"] },
    { email: "grace@example.com", roles: [] },
  ];
  expect(expected({ "ai-api-access:organization.members": members })).toEqual([
    "Ada, no member: refused at login: access_denied",
    "Grace, member without a role: 403 insufficient_scope",
    "Grace, member without a role: 403 insufficient_scope",
    "Alan, ai-editor: 200",
    "a thief of Ada's token: refused at login: access_denied",
    "another application: refused at login: invalid_request",
    "a stranger who signed up elsewhere: refused at login: access_denied",
  ]);
});

test("an edit of the people changes what is expected of their assistants", () => {
  const config = configWith({
    "ai-api-access:organization.members": [
      { email: "alan@example.com", roles: ["ai-editor"] },
      { email: "grace@example.com", roles: [] },
    ],
    "ai-api-access:serviceApp": undefined,
  });
  const rows = mcpCalls({ config, organization: onlyOf(config), assistant: never, machine: undefined });
  expect(rows.map((call) => `${call.caller}: ${call.expected}`)).toEqual([
    "Ada's assistant, no member: refused at login: access_denied",
    "Grace's assistant, member without a role: 403 (ai:read)",
    "Grace's assistant, member without a role: 403 (ai:write)",
    "Alan's assistant, ai-editor: ask, teach",
  ]);
});

test("a connection that is open to anyone lets everybody in, without a permission", () => {
  const open = { existing: "Username-Password-Authentication", openToAnyone: true };
  const found = expected({
    "ai-api-access:organization.connections": [open],
    "ai-api-access:organization.members": [],
  });
  expect(found.filter((row) => !row.includes("403 insufficient_scope"))).toEqual([
    "a thief of Ada's token: 401 invalid_token",
    "another application: refused at login: invalid_request",
  ]);
});

test("people of the Okta org come in as members without a role, where a connection lets everybody there sign in", () => {
  const atOkta = (okta: object) =>
    expected({
      "ai-api-access:organization.connections": [
        { existing: "Username-Password-Authentication" },
        { okta: "company-okta", ...okta },
      ],
    }).filter((row) => row.includes("Okta org"));
  const katherine = "Katherine, of the Okta org: ";
  expect(atOkta({ groups: ["Everyone"] })).toEqual([`${katherine}403 insufficient_scope`]);
  expect(atOkta({ groups: ["Everyone"], assignMembershipOnLogin: false })).toEqual([
    `${katherine}refused at login: access_denied`,
  ]);
  // Who is in another group, the demo does not know.
  expect(atOkta({ groups: ["AI people"] })).toEqual([]);
});

test("of several customers, somebody of one asks for what another one taught, and is told that there is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-customers-"));
  const file = (name: string, email: string, role: string) => {
    const connections = "connections: [{ existing: Username-Password-Authentication }]";
    const members = `members: [{ email: ${email}, roles: [${role}] }]`;
    writeFileSync(join(folder, `${name}.yaml`), `displayName: ${name}\n${connections}\n${members}\n`);
  };
  file("acme", "grace@example.com", "ai-reader");
  file("globex", "ada@example.com", "ai-editor");
  const many = {
    "ai-api-access:organization": undefined,
    "ai-api-access:organizationsFolder": relative(repositoryRoot, folder),
  };
  expect(rows(many)).toContain("Grace of acme: 404");
  expect(rows({}).filter((row) => row.endsWith(": 404"))).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("where the people of the tenant cannot sign in, the reason is said and their rows are left out", () => {
  const own = { "ai-api-access:organization.connections": [{ database: "our-users" }] };
  expect(whyNobody(onlyOf(configWith(own)))).toMatch(
    /^Nobody tried to sign in: .* and the organization has our-users\.$/,
  );
  expect(expected(own)).toEqual([]);
});
