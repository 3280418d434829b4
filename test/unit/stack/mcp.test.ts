/** Claim: an MCP server is declared with what its clients need of it. */
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { localWith } from "./local-with.ts";
import { valuesOf } from "./registrations.ts";

const API = "auth0:index/resourceServer:ResourceServer api";
const OWN = { database: "my-awesome-company-users", deleteWithStack: true };
const USERS = "auth0:index/connection:Connection connection.my-awesome-company-users";
const ASSISTANT = "https://assistant.example.com/client.json";

test("an MCP server has tokens of the standard form, and grants for applications of third parties", async () => {
  const { run, gone, added, changed } = await localWith({
    "organization.thirdPartyClientAccess": "allow",
    "organization.connections": [OWN],
    "api.identifier": "https://ai.example.com/mcp",
    "api.mcp": true,
    "api.thirdPartyPermissions": ["ai:read"],
    clients: [{ name: "assistant", document: ASSISTANT, documentVersion: 2, permissions: ["ai:read"] }],
  });

  const inputsOf = (resource: string) => [...added, ...changed].find((one) => one.resource === resource);
  expect(gone).not.toContain(API);
  expect(inputsOf(API)).toMatchObject({
    inputs: { identifier: "https://ai.example.com/mcp", tokenDialect: "rfc9068_profile_authz" },
  });
  expect(inputsOf("auth0:index/clientGrant:ClientGrant api-third-parties")).toMatchObject({
    parent: "api",
    inputs: { defaultFor: "third_party_clients", subjectType: "user", scopes: ["ai:read"] },
  });
  expect(inputsOf("auth0:index/clientCimd:ClientCimd client.assistant")).toEqual({
    resource: "auth0:index/clientCimd:ClientCimd client.assistant",
    parent: "client.assistant",
    inputs: { externalClientId: ASSISTANT, externalClientIdVersion: 2 },
  });
  expect(inputsOf("auth0:index/clientGrant:ClientGrant client.assistant")).toMatchObject({
    inputs: { subjectType: "user", scopes: ["ai:read"] },
    deletedWith: "client.assistant",
  });
  expect(inputsOf("roster:index:OrganizationLogin client.assistant")).toMatchObject({
    parent: "client.assistant",
    inputs: { clientId: "id-of-client.assistant" },
    deletedWith: "client.assistant",
  });
  expect(inputsOf(USERS)).toMatchObject({ inputs: { isDomainConnection: true } });
  expect(await valuesOf(run.outputs)).toMatchObject({
    documentClientIds: { assistant: "id-of-client.assistant" },
  });
});

test("a connection is at the domain level as its organizations say, and stays as it is where none does", async () => {
  const levelWith = async (changes: Readonly<Record<string, unknown>>) => {
    const { added } = await localWith({ "organization.connections": [OWN], ...changes });
    const users = added.find(({ resource }) => resource === USERS);
    return z.looseObject({ isDomainConnection: z.boolean().optional() }).parse(users?.inputs)
      .isDomainConnection;
  };

  expect(await levelWith({})).toBeUndefined();
  expect(await levelWith({ "organization.thirdPartyClientAccess": "allow" })).toBe(true);
  expect(await levelWith({ "organization.thirdPartyClientAccess": "block" })).toBe(false);
});
