/** What the doctor says that an `up` needs and sends is what it needs and sends. */
import { readersOf } from "@ai-api-access/tenant-clients";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { scopesNeeded } from "../src/doctor/checks/scopes.ts";
import { inspect } from "../src/doctor/inspect.ts";
import { requestsAhead } from "../src/doctor/requests.ts";
import { checkedStack, localSource } from "../src/shared/stack/source.ts";
import { openTenants } from "../src/shared/tenants.ts";
import { openTwin } from "@ai-api-access/local/twin.ts";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { engine as pulumi } from "@ai-api-access/testing/engine.ts";
import { servePlugins, settingsFor } from "@ai-api-access/testing/served-plugins.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { diagnose } from "../src/doctor/doctor.ts";
import type { DoctorInput } from "../src/doctor/input.ts";
import { auth0Sdk } from "./by-hand.ts";
import { clientAllowed, doctorInput, inviting, onTopOf, withFolder } from "./doctor-plants.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

const LOGIN = "https://console.example.com/login";

test("a whole life does with exactly the scopes that were named, and its up sends as many requests as announced", async () => {
  const { access } = twin.tenants;
  const program = { ...config, declareStack };
  const source = localSource(access);
  const stack = checkedStack({ name: "local", project: "ai-api-access", source, program });
  const inspection = await inspect(stack, readersOf(await openTenants(source)), new Map());
  const scopes = [...scopesNeeded(inspection, "auth0").keys()];
  const client = await clientAllowed(twin, (scope) => scopes.includes(scope));

  // The engine alone: the twin's own `up` compares the tenants with the state afterwards.
  const allowed = { ...access, auth0: { ...access.auth0, ...client } };
  const plugins = await servePlugins(settingsFor(allowed));
  const { stack: engine } = await openTwin({
    home: twin.home,
    engine: await pulumi(),
    program,
    providers: plugins.providers,
    access: allowed,
  });
  twin.clearRequests();
  // One at a time: side by side, the order that the requests come in decides whether there is one more now and then.
  await engine.up({ parallel: 1 });
  const { auth0, okta } = twin.tenants;
  expect({ auth0: auth0.requests().length, okta: okta.requests().length }).toEqual(
    requestsAhead(inspection, new Map()),
  );
  await engine.refresh();
  await engine.destroy();
  plugins.close();
  expect(auth0.requests().filter(({ status = 500 }) => status >= 400)).toEqual([]);
});

test("an invitation needs a login to lead to: the application's, or the tenant's", async () => {
  const said = async (input: DoctorInput) =>
    (await diagnose(input)).filter(({ subject }) => subject === "sign-in").map(({ found }) => found);
  expect(await said(await inviting(twin, { initiate_login_uri: LOGIN }))).toEqual([
    "invitations lead to the application's login",
  ]);
  const nowhere = await inviting(twin);
  expect(await said(nowhere)).toEqual([
    expect.stringMatching(/^nobody can be invited to application \w+: neither it nor the tenant says/),
  ]);
  await twin.byHand("auth0", "PATCH", "/tenants/settings", { default_redirection_uri: LOGIN });
  expect(await said(nowhere)).toEqual(["invitations lead to the tenant's default login route"]);
});

test("a stack of many organizations is looked at as a whole", async () => {
  const same = "connections: [{ existing: Username-Password-Authentication }]";
  const checks = await diagnose(withFolder(twin, same));
  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(checks.map(({ found }) => found)).toEqual(
    expect.arrayContaining([
      "2 people, 1 connection: all there",
      "2 members with an account in a connection of their 2 organizations",
      "1 connection of 10 an organization, at most 50 roles a member",
    ]),
  );

  const other = await diagnose(withFolder(twin, "connections: [{ database: globex-users }]"));
  expect(other.filter(({ status }) => status !== "ok")).toEqual([
    expect.objectContaining({
      subject: "sign-in",
      found: expect.stringMatching(
        /^no account in globex-users, the connection of organization globex: grace@example\.com /,
      ),
    }),
  ]);
});

test("a stack on top of another one is looked at with the outputs of that one", async () => {
  const client = auth0Sdk(twin.tenants.access);
  const audience = "https://base.example.com";
  await client.resourceServers.create({ identifier: audience, name: "API", scopes: [{ value: "ai:read" }] });
  const role = String((await client.roles.create({ name: "role of the base" })).id);
  const roleIds = { "ai-reader": role, "ai-editor": role };
  const checks = await diagnose(onTopOf(twin, { auth0Audience: audience, roleIds, auth0ClientId: "c1" }));
  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(checks.map(({ found }) => found)).toContain("2 people, 1 connection, a base stack: all there");

  const gone = await diagnose(onTopOf(twin, {}));
  expect(gone.filter(({ status }) => status !== "ok")).toEqual([
    {
      subject: "names that must exist",
      status: "wrong",
      found: "stack my-org/ai-api-access/base (baseStack): It has no output auth0Audience, roleIds.",
      next: expect.stringContaining("pulumi up --stack my-org/ai-api-access/base"),
    },
  ]);

  const { outputsOf, ...withoutCli } = onTopOf(twin, {});
  expect(outputsOf).toBeDefined();
  expect((await diagnose(withoutCli)).filter(({ status }) => status !== "ok")).toEqual([
    {
      subject: "names that must exist",
      status: "unchecked",
      found: "the outputs of baseStack cannot be read without the Pulumi CLI",
    },
  ]);
});

test("an application that insists on pushed requests needs a tenant that takes them", async () => {
  const insisting = doctorInput(twin, {
    "ai-api-access:loginApp.type": "regular_web",
    "ai-api-access:loginApp.requirePushedAuthorizationRequests": true,
  });
  const said = async () =>
    (await diagnose(insisting)).flatMap(({ found, next = "" }) =>
      found.includes("pushed") ? [`${found} -> ${next}`] : [],
    );
  expect(await said()).toEqual([
    expect.stringMatching(/nobody can log in.*Allow Pushed Authorization Requests/),
  ]);
  await twin.byHand("auth0", "PATCH", "/tenants/settings", { pushed_authorization_requests_supported: true });
  expect(await said()).toEqual(["the tenant takes pushed authorization requests -> "]);
});

test("what an MCP server needs of the tenant is said, each with how to set it, and nothing of it to other stacks", async () => {
  const document = "https://assistant.example.com/client.json";
  const withMcp = doctorInput(twin, {
    "ai-api-access:organization.thirdPartyClientAccess": "allow",
    "ai-api-access:api.identifier": "https://ai.example.com/mcp",
    "ai-api-access:api.mcp": true,
    "ai-api-access:clients": [{ name: "assistant", document, permissions: ["ai:read"] }],
  });
  const said = async (input: DoctorInput) =>
    (await diagnose(input)).flatMap(({ subject, found, next = "" }) =>
      subject === "MCP" ? [`${found} -> ${next}`] : [],
    );
  expect(await said(doctorInput(twin))).toEqual([]);
  await twin.byHand("auth0", "PATCH", "/tenants/settings", {
    flags: { enable_dynamic_client_registration: true },
  });
  expect(await said(withMcp)).toEqual([
    expect.stringMatching(/`resource`.*Resource Parameter Compatibility Profile.*"compatibility"/),
    expect.stringMatching(/no metadata documents.*Client ID Metadata Document Registration/),
    expect.stringMatching(/anybody may register.*api\.thirdPartyPermissions/),
    expect.stringMatching(/Username-Password-Authentication is not at the domain level/),
  ]);
  await twin.byHand("auth0", "PATCH", "/tenants/settings", {
    resource_parameter_profile: "compatibility",
    client_id_metadata_document_supported: true,
    flags: { enable_dynamic_client_registration: false },
  });
  const [{ id }] = await twin.read(
    "auth0",
    "/connections?name=Username-Password-Authentication",
    z.tuple([z.object({ id: z.string() })]),
  );
  await twin.byHand("auth0", "PATCH", `/connections/${id}`, { is_domain_connection: true });
  expect(await said(withMcp)).toEqual(["the tenant has what the stack needs of it -> "]);
});
