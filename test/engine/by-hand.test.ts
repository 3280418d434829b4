/** What somebody deleted or renumbered at a vendor stands in nobody's way afterwards. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { z } from "zod";
import { readLocalStack } from "@ai-api-access/local/project.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeEach(async () => {
  twin = await TestTwin.start();
});
afterEach(() => twin.close());

const OWN = {
  "ai-api-access:organization.connections": [{ database: "my-awesome-company-users", deleteWithStack: true }],
};
const withId = z.tuple([z.looseObject({ id: z.string() })]);

test("destroy goes through after the organization, the connection and the authorization server were deleted", async () => {
  const seeded = twin.holdings();
  await twin.run("up", OWN);
  const outputs = await (await twin.open(OWN)).stack.outputs();
  const server = String(outputs.oktaIssuer?.value).split("/").at(-1) ?? "";
  const [connection] = await twin.read("auth0", "/connections?name=my-awesome-company-users", withId);
  await twin.byHand("auth0", "DELETE", `/organizations/${String(outputs.organizationId?.value)}`);
  await twin.byHand("auth0", "DELETE", `/connections/${connection.id}`);
  await twin.byHand("okta", "POST", `/authorizationServers/${server}/lifecycle/deactivate`);
  await twin.byHand("okta", "DELETE", `/authorizationServers/${server}`);
  const { stack } = await twin.open(OWN);
  await stack.destroy();
  expect(twin.holdings()).toBe(seeded);
});

const KEY = "ai-api-access:serviceApp";
const declared = z.record(z.string(), z.unknown()).parse(readLocalStack().config[KEY]);
const policies = z.array(z.object({ name: z.string(), priority: z.number() }));

test("on an existing authorization server a policy begins as the first, and Okta may renumber it", async () => {
  const made = await twin.byHand("okta", "POST", "/authorizationServers", {
    name: "made by hand",
    description: "made by hand",
    audiences: ["https://hand.example.com"],
    issuerMode: "ORG_URL",
  });
  const { id } = z.object({ id: z.string() }).parse(made);
  const path = `/authorizationServers/${id}/policies`;
  const shared = { [KEY]: { ...declared, authorizationServer: { existing: id } } };
  const add = (name: string) =>
    twin.byHand("okta", "POST", path, {
      ...{ type: "OAUTH_AUTHORIZATION_POLICY", name, description: name, priority: 1, status: "ACTIVE" },
      conditions: { clients: { include: ["ALL_CLIENTS"] } },
    });
  await add("theirs");
  await twin.run("up", shared);
  const order = async () => (await twin.read("okta", path, policies)).map(({ name }) => name);
  expect(await order()).toEqual(["AI Service OAuth App", "theirs"]);
  await add("another stack's");
  twin.clearRequests();
  await twin.run("up", shared, { refresh: true });
  expect(twin.writes()).toEqual([]);
  expect(await order()).toEqual(["another stack's", "AI Service OAuth App", "theirs"]);
});
