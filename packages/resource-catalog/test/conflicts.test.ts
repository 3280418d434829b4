/** Claim: a creation that is refused is followed by the very command that imports what is there. */
import { describe, expect, test } from "@jest/globals";
import {
  auth0Types,
  conflictAdvice,
  isConflict,
  oktaTypes,
  resourceTypes,
  type ResourceType,
} from "../index.ts";

const commandIn = (advice: string) => /^ {2}(pulumi import .*)$/m.exec(advice)?.[1];
const inputs = {
  name: "it's ours",
  identifier: "https://ai.example.com",
  organizationId: "org_1",
  connectionId: "con_1",
  grantId: "cgr_1",
  authServerId: "aus1",
  policyId: "00p1",
};

/** What the provider's function answers to these inputs. */
const answers: Readonly<Record<string, unknown>> = {
  "auth0:index/getOrganization:getOrganization": { id: "org_1" },
  "auth0:index/getConnection:getConnection": { id: "con_1" },
  "auth0:index/getResourceServer:getResourceServer": { id: "api1" },
  "auth0:index/getRole:getRole": { id: "rol_1" },
  "okta:auth/getServerScopes:getServerScopes": {
    scopes: [
      { id: "scp0", name: "openid" },
      { id: "scp1", name: "it's ours" },
    ],
  },
  "okta:auth/getServerPolicy:getServerPolicy": { id: "00p1" },
};

const expected: readonly (readonly [ResourceType, string])[] = [
  [auth0Types.organization, "org_1 --protect=false"],
  [auth0Types.organizationConnection, "org_1::con_1 --protect=false"],
  [auth0Types.resourceServer, "api1 --protect=false"],
  [auth0Types.role, "rol_1 --protect=false"],
  // Its people are worth the protection that an import gives.
  [auth0Types.connection, "con_1"],
  // There is no function that finds one, and the grant's id is an input.
  [auth0Types.organizationDiscoveryDomain, "'org_…::ord_…' --protect=false"],
  [auth0Types.organizationClientGrant, "org_1::cgr_1 --protect=false"],
  [oktaTypes.serverScope, "aus1/scp1 --protect=false"],
  [oktaTypes.serverPolicy, "aus1/00p1 --protect=false"],
  // There is no function that finds a rule.
  [oktaTypes.serverPolicyRule, "'aus…/00p…/0pr…' --protect=false"],
];

test("there is an expectation for each type whose second creation is refused", () => {
  const refused = [...resourceTypes.values()].filter(({ secondCreation }) => secondCreation === "conflict");
  expect(new Set(expected.map(([type]) => type))).toEqual(new Set(refused));
});

describe.each(expected)("$token", (type, rest) => {
  test("with the id that the provider's own function finds", async () => {
    const advice = await conflictAdvice({ type, name: "x", inputs }, (token) =>
      Promise.resolve(answers[token]),
    );
    expect(commandIn(advice)).toBe(`pulumi import ${type.token} x ${rest} --generate-code=false`);
  });

  test("with an example of the id when the function fails", async () => {
    const fails = () => Promise.reject(new Error("403"));
    const advice = await conflictAdvice({ type, name: "x", inputs }, fails);
    expect(commandIn(advice)).toContain(type.function === undefined ? rest : type.example);
  });
});

test("the function is asked for what the resource declares, and for no more than that", async () => {
  const asked: unknown[] = [];
  await conflictAdvice({ type: auth0Types.role, name: "x", inputs }, (token, given) => {
    asked.push(token, given);
    return Promise.resolve({ id: "rol_1" });
  });
  expect(asked).toEqual([
    "auth0:index/getRole:getRole",
    { name: "it's ours", skipUsers: true, skipPermissions: true },
  ]);
});

test("names are quoted as a shell takes them, and the parent is named", async () => {
  const refused = { type: auth0Types.role, name: "it's", inputs, parent: "urn:pulumi:dev::p::t::n" };
  const advice = await conflictAdvice(refused, () => Promise.resolve({ id: "rol_1" }));
  expect(commandIn(advice)).toBe(
    String.raw`pulumi import auth0:index/role:Role 'it'\''s' rol_1 ` +
      "--parent 'parent=urn:pulumi:dev::p::t::n' --protect=false --generate-code=false",
  );
});

test.each([
  ["409 Conflict: An organization with the same name already exists.", true],
  ["The connection has already been added to this organization.", true],
  [
    "Api validation failed: name - name: An object with this field already exists in the current organization",
    true,
  ],
  ["HTTP 403: Insufficient scope", false],
  ["429: took 4090 ms", false],
])("%s", (words, conflict) => {
  expect(isConflict(words)).toBe(conflict);
});
