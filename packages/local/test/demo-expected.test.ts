/** What the demo expects of people and applications follows from the configuration, however it was edited. */
import { expect, test } from "@jest/globals";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { calls } from "../src/demo/calls.ts";
import { mcpCalls } from "../src/demo/mcp-calls.ts";
import { whyNobody } from "../src/demo/expected.ts";
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
function expected(overrides: ConfigValues): string[] {
  const tokens = {
    ...{ machine: { token: never, expired: never }, person: never, bound: never },
    ...{ anotherApplication: never, stranger: never },
  };
  const api = { origin: "http://127.0.0.1:1", close: never };
  const stack = configWith(overrides);
  const organization = onlyOf(stack);
  return calls({ api, tokens, config: stack, organization, anotherOrganization: "org_other", ids: {} })
    .slice(4, -3)
    .map((call) => `${call.caller}: ${call.expected}`);
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
  const rows = expected({
    "ai-api-access:organization.connections": [open],
    "ai-api-access:organization.members": [],
  });
  expect(rows.filter((row) => !row.includes("403 insufficient_scope"))).toEqual([
    "a thief of Ada's token: 401 invalid_token",
    "another application: refused at login: invalid_request",
  ]);
});

test("where the people of the tenant cannot sign in, the reason is said and their rows are left out", () => {
  const own = { "ai-api-access:organization.connections": [{ database: "our-users" }] };
  expect(whyNobody(onlyOf(configWith(own)))).toMatch(
    /^Nobody tried to sign in: .* and the organization has our-users\.$/,
  );
  expect(expected(own)).toEqual([]);
});
