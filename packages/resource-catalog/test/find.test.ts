/** Claim: every type is found by what the stack declares of it, under the id that the provider imports. */
import { describe, expect, test } from "@jest/globals";
import { auth0Types, findExisting, isThere, oktaTypes, resourceTypes, type ResourceType } from "../index.ts";
import { UNKNOWN } from "../template.ts";

interface Case {
  readonly type: ResourceType;
  readonly inputs: Readonly<Record<string, string>>;
  readonly path: string;
  readonly answer: unknown;
  readonly id: string;
  readonly importId?: string;
}

const server = { authServerId: "aus1" };
const list = [
  { id: "other", name: "ai", label: "ai" },
  { id: "found", name: "AI / 1", label: "AI / 1" },
];

const cases: readonly Case[] = [
  {
    type: auth0Types.organization,
    inputs: { name: "acme" },
    path: "/organizations/name/acme",
    answer: { id: "org_1" },
    id: "org_1",
  },
  {
    type: auth0Types.connection,
    inputs: { name: "AI / 1" },
    path: "/connections?name=AI%20%2F%201",
    answer: list,
    id: "found",
  },
  {
    type: auth0Types.organizationConnection,
    inputs: { organizationId: "org_1", connectionId: "con_1" },
    path: "/organizations/org_1/connections/con_1",
    answer: { connection_id: "con_1" },
    id: "org_1::con_1",
  },
  {
    type: auth0Types.client,
    inputs: { name: "AI / 1" },
    path: "/clients?per_page=100&fields=client_id,name",
    answer: [
      { client_id: "other", name: "ai" },
      { client_id: "found", name: "AI / 1" },
    ],
    id: "found",
  },
  {
    type: auth0Types.clientCimd,
    inputs: { externalClientId: "https://assistant.example.com/client.json" },
    path: "/clients?per_page=100&external_client_id=https%3A%2F%2Fassistant.example.com%2Fclient.json",
    answer: [
      { client_id: "other" },
      { client_id: "tpc_1", external_client_id: "https://assistant.example.com/client.json" },
    ],
    id: "tpc_1",
  },
  {
    type: auth0Types.connectionClient,
    inputs: { connectionId: "con_1", clientId: "c1" },
    path: "/connections/con_1/clients?take=100",
    answer: { clients: [{ client_id: "c0" }, { client_id: "c1" }] },
    id: "con_1::c1",
  },
  {
    type: auth0Types.resourceServer,
    inputs: { identifier: "https://ai.example.com" },
    path: "/resource-servers/https%3A%2F%2Fai.example.com",
    answer: { id: "api1" },
    id: "api1",
  },
  {
    type: auth0Types.resourceServerScopes,
    inputs: { resourceServerIdentifier: "https://ai.example.com" },
    path: "/resource-servers/https%3A%2F%2Fai.example.com",
    answer: { id: "api1", scopes: [{ value: "ai:read" }, { value: "ai:write" }] },
    id: "https://ai.example.com",
  },
  {
    type: auth0Types.clientGrant,
    inputs: { clientId: "client1", audience: "https://ai.example.com", subjectType: "user" },
    path: "/client-grants?per_page=100&client_id=client1&audience=https%3A%2F%2Fai.example.com",
    answer: [
      { id: "cgr_1", subject_type: "client" },
      { id: "cgr_2", subject_type: "user" },
    ],
    id: "cgr_2",
  },
  {
    type: auth0Types.organizationClientGrant,
    inputs: { organizationId: "org_1", grantId: "cgr_2" },
    path: "/organizations/org_1/client-grants?per_page=100",
    answer: [{ id: "cgr_1" }, { id: "cgr_2" }],
    id: "org_1::cgr_2",
  },
  {
    type: auth0Types.role,
    inputs: { name: "AI / 1" },
    path: "/roles?per_page=100&name_filter=AI%20%2F%201",
    answer: list,
    id: "found",
  },
  {
    type: auth0Types.rolePermissions,
    inputs: { roleId: "rol_1" },
    path: "/roles/rol_1/permissions?per_page=100",
    answer: [{ permission_name: "ai:read" }],
    id: "rol_1",
  },
  {
    type: auth0Types.organizationMember,
    inputs: { organizationId: "org_1", userId: "auth0|1" },
    path: "/organizations/org_1/members?take=100",
    answer: { members: [{ user_id: "auth0|0" }, { user_id: "auth0|1" }] },
    id: "org_1::auth0|1",
  },
  {
    type: auth0Types.organizationMemberRole,
    inputs: { organizationId: "org_1", userId: "auth0|1", roleId: "rol_1" },
    path: "/organizations/org_1/members/auth0%7C1/roles?per_page=100",
    answer: [{ id: "rol_0" }, { id: "rol_1" }],
    id: "org_1::auth0|1::rol_1",
  },
  {
    type: oktaTypes.app,
    inputs: { label: "AI / 1" },
    path: "/apps?limit=200&q=AI%20%2F%201",
    answer: list,
    id: "found",
  },
  {
    type: oktaTypes.appGroupAssignment,
    inputs: { appId: "0oa1", groupId: "00g1" },
    path: "/apps/0oa1/groups/00g1",
    answer: { id: "00g1" },
    id: "00g1",
    importId: "0oa1/00g1",
  },
  {
    type: oktaTypes.server,
    inputs: { name: "AI / 1" },
    path: "/authorizationServers?limit=200&q=AI%20%2F%201",
    answer: list,
    id: "found",
  },
  {
    type: oktaTypes.serverScope,
    inputs: { ...server, name: "AI / 1" },
    path: "/authorizationServers/aus1/scopes",
    answer: list,
    id: "found",
    importId: "aus1/found",
  },
  {
    type: oktaTypes.serverPolicy,
    inputs: { ...server, name: "AI / 1" },
    path: "/authorizationServers/aus1/policies",
    answer: list,
    id: "found",
    importId: "aus1/found",
  },
  {
    type: oktaTypes.serverPolicyRule,
    inputs: { ...server, policyId: "00p1", name: "AI / 1" },
    path: "/authorizationServers/aus1/policies/00p1/rules",
    answer: list,
    id: "found",
    importId: "aus1/00p1/found",
  },
];

/** Readers that answer one path, and nothing else. */
function readersOf(type: ResourceType, path: string, answer: unknown) {
  const asked: string[] = [];
  const refuse = () => Promise.reject(new Error("The other vendor was asked."));
  const reader = (wanted: string) => {
    asked.push(wanted);
    return Promise.resolve(wanted === path ? answer : undefined);
  };
  return { asked, readers: { auth0: refuse, okta: refuse, [type.vendor]: reader } };
}

test("there is a case for each type that can be found", () => {
  const findable = [...resourceTypes.values()].filter(({ find }) => find !== undefined);
  expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(findable));
});

describe.each(cases)("$type.token", ({ type, inputs, path, answer, id, importId = id }) => {
  test("is found with one request", async () => {
    const { readers, asked } = readersOf(type, path, answer);
    expect(await findExisting(type, inputs, readers)).toEqual([{ id, importId }]);
    expect(asked).toEqual([path]);
  });

  test("is not there where the vendor has nothing, or an empty list", async () => {
    const { where, whole, list } = type.find ?? {};
    const isList = where !== undefined || whole === true;
    for (const nothing of [undefined, ...(isList ? [list === undefined ? [] : { [list]: [] }] : [])]) {
      const { readers } = readersOf(type, path, nothing);
      expect(await findExisting(type, inputs, readers)).toEqual([]);
    }
  });

  test.each(Object.keys(inputs))("is not found as long as %s is unknown", async (name) => {
    for (const unknown of [UNKNOWN, undefined]) {
      const { readers, asked } = readersOf(type, path, answer);
      expect(await findExisting(type, { ...inputs, [name]: unknown }, readers)).toEqual([]);
      if (type.find?.path.includes(`{${name}}`)) expect(asked).toEqual([]);
    }
  });
});

test("a name that is there twice is found twice", async () => {
  const twins = [
    { id: "0oa1", label: "AI" },
    { id: "0oa2", label: "AI" },
    { id: "0oa3", label: "AI too" },
  ];
  const { readers } = readersOf(oktaTypes.app, "/apps?limit=200&q=AI", twins);
  const found = await findExisting(oktaTypes.app, { label: "AI" }, readers);
  expect(found.map(({ id }) => id)).toEqual(["0oa1", "0oa2"]);
});

describe("whether one of an id is there", () => {
  const scope = "/authorizationServers/aus1/scopes/scp1";
  test.each<[ResourceType, string, Readonly<Record<string, string>>, string]>([
    [auth0Types.role, "rol_1", {}, "/roles/rol_1"],
    [auth0Types.organizationConnection, "org_1::con_1", {}, "/organizations/org_1/connections/con_1"],
    [oktaTypes.serverScope, "scp1", server, scope],
  ])("%o", async (type, id, inputs, path) => {
    const there = readersOf(type, path, {});
    expect(await isThere(type, id, inputs, there.readers)).toBe(true);
    expect(await isThere(type, id, inputs, readersOf(type, path, undefined).readers)).toBe(false);
  });

  test("it is looked for where no request asks for its id", async () => {
    const path = "/organizations/org_1/members?take=100";
    const members = (...users: string[]) => ({ members: users.map((user_id) => ({ user_id })) });
    const there = async (answer: unknown) => {
      const type = auth0Types.organizationMember;
      return isThere(type, "org_1::auth0|1", {}, readersOf(type, path, answer).readers);
    };
    expect(await there(members("auth0|0", "auth0|1"))).toBe(true);
    expect(await there(members("auth0|0"))).toBe(false);
    expect(await there(undefined)).toBe(false);
  });

  test("nobody can tell without a parent, or of a type without such a request", async () => {
    const { readers } = readersOf(oktaTypes.serverScope, scope, {});
    expect(await isThere(oktaTypes.serverScope, "scp1", {}, readers)).toBeUndefined();
    const { find, read, ...unfindable } = auth0Types.role;
    expect([find, read]).not.toContain(undefined);
    expect(await isThere(unfindable, "rol_1", {}, readers)).toBeUndefined();
  });
});
