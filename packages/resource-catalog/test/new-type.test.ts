/** Claim: a new resource type is one entry (README.md, "Add a resource type"). */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import {
  conflictAdvice,
  findExisting,
  importCommand,
  neededScopes,
  resourceTypes,
  scopesTable,
  type ResourceType,
} from "../index.ts";

const organizationClientGrant: ResourceType = {
  token: "auth0:index/organizationClientGrant:OrganizationClientGrant",
  vendor: "auth0",
  find: { path: "/organizations/{organizationId}/client-grants?per_page=100", where: { id: "grantId" } },
  importId: "{organizationId}::{grantId}",
  example: "org_…::cgr_…",
  secondCreation: "conflict",
  scopes: {
    create: ["create:organization_client_grants"],
    read: ["read:organization_client_grants"],
    delete: ["delete:organization_client_grants"],
  },
  neededFor: "`organization.machines`",
};

const inputs = { organizationId: "org_1", grantId: "cgr_2" };
const nobody = () => Promise.reject(new Error("This vendor is not asked."));

test("the entry is the one that README shows", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, shown = ""] = /```ts\n([\s\S]+?)```/.exec(readme) ?? [];
  expect(readFileSync(new URL("new-type.test.ts", import.meta.url), "utf8")).toContain(shown);
});

test("by it the thing is found, with its id to import", async () => {
  const asked: string[] = [];
  const auth0 = (path: string) => {
    asked.push(path);
    return Promise.resolve([{ id: "cgr_1" }, { id: "cgr_2" }]);
  };
  const found = await findExisting(organizationClientGrant, inputs, { auth0, okta: nobody });
  expect(found).toEqual([{ id: "org_1::cgr_2", importId: "org_1::cgr_2" }]);
  expect(asked).toEqual(["/organizations/org_1/client-grants?per_page=100"]);
});

test("by it the scopes are known, and a row of the documentation", () => {
  const needed = neededScopes([{ type: organizationClientGrant, retainOnDelete: false }]);
  expect([...needed.keys()]).toEqual([
    "create:organization_client_grants",
    "read:organization_client_grants",
    "delete:organization_client_grants",
  ]);
  const table = scopesTable([...resourceTypes.values(), organizationClientGrant]);
  expect(table).toMatch(
    /\| `organization\.machines` +\| `create:organization_client_grants` `read:organization_client_grants` /,
  );
});

test("by it a conflict is followed by the command that imports what is there", async () => {
  const refused = {
    type: organizationClientGrant,
    name: "assistant",
    inputs,
    parent: "urn:pulumi:dev::p::a:b:C::c",
  };
  expect(await conflictAdvice(refused, nobody)).toContain(
    importCommand({ ...refused, importId: "org_1::cgr_2" }),
  );
});
