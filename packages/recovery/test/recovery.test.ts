/** What becomes of a state, from what the tenants answer. */
import { describe, expect, test } from "@jest/globals";
import { UserError } from "@ai-api-access/user-error";
import {
  changesState,
  describeSteps,
  onlyOne,
  planRecovery,
  recovered,
  stateSchema,
  toRead,
  type State,
} from "@ai-api-access/recovery";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::p::ai-api-access:x:Parent$${type}::${name}`;
const PARENT = { urn: "urn:pulumi:dev::p::ai-api-access:x:Parent::parent", type: "ai-api-access:x:Parent" };

const ORGANIZATION = {
  urn: urnOf("auth0:index/organization:Organization", "organization"),
  type: "auth0:index/organization:Organization",
  custom: true,
  id: "org_1",
  inputs: { name: "acme" },
  parent: PARENT.urn,
};
const LINK = {
  urn: urnOf("auth0:index/organizationConnection:OrganizationConnection", "link"),
  type: "auth0:index/organizationConnection:OrganizationConnection",
  custom: true,
  id: "org_1::con_1",
  inputs: { organizationId: "org_1", connectionId: "con_1" },
  parent: PARENT.urn,
  dependencies: [ORGANIZATION.urn],
  propertyDependencies: { organizationId: [ORGANIZATION.urn], connectionId: null },
  deletedWith: ORGANIZATION.urn,
};
const MEMBER = {
  urn: urnOf("auth0:index/organizationMember:OrganizationMember", "ada"),
  type: "auth0:index/organizationMember:OrganizationMember",
  custom: true,
  id: "org_1::auth0|ada",
  inputs: { organizationId: "org_1", userId: "auth0|ada" },
  parent: PARENT.urn,
  dependencies: [ORGANIZATION.urn],
};
const APP = {
  urn: urnOf("okta:app/oAuth:OAuth", "service-app"),
  type: "okta:app/oAuth:OAuth",
  custom: true,
  id: "0oa1",
  inputs: { label: "AI", tokenEndpointAuthMethod: "private_key_jwt" },
  parent: PARENT.urn,
};

/** A state; what was being created has no id yet. */
function stateOf(resources: readonly object[], creating: readonly object[] = []): State {
  return stateSchema.parse({
    resources: [PARENT, ...resources],
    pending_operations: creating.map((resource) => ({
      type: "creating",
      resource: { ...resource, id: undefined },
    })),
  });
}

/** Tenants that answer some paths, and 404 to all others. */
function tenants(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const read = (path: string): Promise<unknown> => {
    asked.push(path);
    const answer = answers[path];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { readers: { auth0: read, okta: read }, asked };
}

const APPS = "/apps?limit=200&q=AI";

describe("what was being created", () => {
  test("is taken into the state when the tenant has it", async () => {
    const state = stateOf([ORGANIZATION], [LINK]);
    const { readers } = tenants({
      "/organizations/org_1": {},
      "/organizations/org_1/connections/con_1": { connection_id: "con_1" },
    });
    const plan = await planRecovery(state, readers);
    const after = recovered(state, plan);
    expect(after.pending_operations).toEqual([]);
    expect(after.resources.at(-1)).toMatchObject({ ...LINK, propertyDependencies: { connectionId: [] } });
    expect(after.resources.at(-1)?.outputs).toEqual({ ...LINK.inputs, id: LINK.id });
    expect(toRead(plan)).toEqual([LINK.urn]);
  });

  test("is forgotten when the tenant has nothing of its name", async () => {
    const state = stateOf([], [APP]);
    const plan = await planRecovery(state, tenants({ [APPS]: [] }).readers);
    expect(describeSteps(plan)).toEqual(["  - OAuth service-app was not created: forgotten"]);
    expect(recovered(state, plan)).toEqual(stateOf([]));
  });

  test("is not what the state has already", async () => {
    const state = stateOf([APP], [{ ...APP, urn: `${APP.urn}-2` }]);
    const { readers } = tenants({ [APPS]: [{ id: "0oa1", label: "AI" }], "/apps/0oa1": {} });
    expect((await planRecovery(state, readers)).pending).toMatchObject([{ kind: "not made" }]);
  });

  test("is left to the user when the tenant has two of its name, and taken when one of them was chosen", async () => {
    const state = stateOf([], [APP]);
    const { readers } = tenants({
      [APPS]: [
        { id: "0oa1", label: "AI" },
        { id: "0oa2", label: "AI" },
      ],
    });
    expect((await planRecovery(state, readers)).pending).toEqual([
      { kind: "unclear", urn: APP.urn, reason: "the tenant has 2 of its name", ids: ["0oa1", "0oa2"] },
    ]);
    const chosen = await planRecovery(state, readers, (_name, found) => found[1] ?? "unclear");
    expect(recovered(state, chosen).resources.at(-1)).toMatchObject({ urn: APP.urn, id: "0oa2" });
    const none = await planRecovery(state, readers, () => "none");
    expect(none.pending).toEqual([{ kind: "not made", urn: APP.urn }]);
  });

  test.each([
    ["the tenant may not be asked", APP, { [APPS]: new UserError("HTTP 403") }, "HTTP 403"],
    [
      "its name is a secret",
      { ...APP, inputs: { label: { ciphertext: "…" } } },
      {},
      "it cannot be looked up by its name",
    ],
    ["nobody knows its type", { ...APP, type: "random:index/x:X" }, {}, "it cannot be looked up by its name"],
  ])("is left to the user when %s", async (_why, resource, answers, reason) => {
    const plan = await planRecovery(stateOf([], [resource]), tenants(answers).readers, onlyOne);
    expect(plan.pending).toEqual([{ kind: "unclear", urn: resource.urn, reason, ids: [] }]);
  });

  test("is not looked for where the next up sends it again without harm", async () => {
    const state = stateOf([], [MEMBER]);
    const { readers, asked } = tenants({});
    const plan = await planRecovery(state, readers);
    expect(plan.pending).toEqual([{ kind: "again", urn: MEMBER.urn, operation: "creating" }]);
    expect(changesState(plan)).toBe(true);
    expect(asked).toEqual([]);
  });
});

describe("what was deleted by hand", () => {
  test("goes out of the state with what has gone along, and with every reference to it", async () => {
    const other = { ...APP, dependencies: [ORGANIZATION.urn], deletedWith: ORGANIZATION.urn };
    const state = stateOf([ORGANIZATION, LINK, MEMBER, other]);
    const after = recovered(state, await planRecovery(state, tenants({ "/apps/0oa1": {} }).readers));
    const [, app] = after.resources;
    expect(after.resources.map(({ urn }) => urn)).toEqual([PARENT.urn, APP.urn]);
    expect(app).toMatchObject({ dependencies: [] });
    expect(app).not.toHaveProperty("deletedWith");
  });

  test("is not confused with what is there under the same URN", async () => {
    const old = { ...LINK, id: "org_0::con_1", delete: true };
    const state = stateOf([ORGANIZATION, old, LINK]);
    const { readers } = tenants({
      "/organizations/org_1": {},
      "/organizations/org_1/connections/con_1": {},
    });
    const after = recovered(state, await planRecovery(state, readers));
    expect(after.resources.map(({ id }) => id)).toEqual([undefined, "org_1", "org_1::con_1"]);
  });

  test("leaves its children to its own parent", async () => {
    const child = { ...APP, parent: ORGANIZATION.urn };
    const state = stateOf([ORGANIZATION, child]);
    const after = recovered(state, await planRecovery(state, tenants({ "/apps/0oa1": {} }).readers));
    expect(after.resources.at(-1)).toMatchObject({ urn: APP.urn, parent: PARENT.urn });
  });

  test("is looked for among thousands of members only where their organization is gone", async () => {
    const { readers, asked } = tenants({ "/organizations/org_1": {} });
    expect((await planRecovery(stateOf([ORGANIZATION, MEMBER]), readers)).gone).toEqual([]);
    expect(asked).toEqual(["/organizations/org_1"]);
  });

  test("is not what could not be asked for, which is said and left", async () => {
    const { readers } = tenants({ "/organizations/org_1": new UserError("HTTP 403") });
    const plan = await planRecovery(stateOf([ORGANIZATION]), readers);
    expect(changesState(plan)).toBe(false);
    expect(describeSteps(plan)).toEqual([
      "  ? Organization organization could not be looked for, and is left: HTTP 403",
    ]);
  });
});
