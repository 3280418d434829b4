/** Mistakes are found before anything is asked, all of them, in words for the person who made them. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

test("twenty mistakes in one configuration are all named and no request is made", async () => {
  const wrong = {
    "ai-api-access:organization": {
      name: "My Company",
      displayName: "",
      branding: { logoUrl: "http://example.com/logo.png", primaryColor: "blue" },
      metadata: { plan: "x".repeat(256) },
      colour: "red",
    },
    "ai-api-access:organization.connections": [
      {
        database: "my-company",
        passwordPolicy: "best",
        assignMembershipOnLogin: false,
        isSignupEnabled: true,
      },
      { database: "others", existing: "Username-Password-Authentication" },
    ],
    "ai-api-access:api": {
      identifier: "",
      permissions: [{ name: "ai:read" }, { name: "ai:read" }],
      tokenLifetimeSeconds: -1,
    },
    "ai-api-access:roles": [
      { name: "reader", permissions: ["ai:raed"] },
      { name: "empty", permissions: [] },
    ],
    "ai-api-access:organization.members": [
      { roles: ["reader"] },
      { user: "<USER_ID>" },
      { user: "auth0|1", email: "a@example.com" },
    ],
    "ai-api-access:serviceApp": {
      label: "AI",
      scopes: [{ name: "openid" }, { name: "with space" }],
      accessTokenLifetimeMinutes: 3,
      redirectUris: ["http://example.com/callback"],
      tokenEndpointAuthMethod: "client_secret_post",
      jwksUri: "https://example.com/jwks",
    },
  };
  twin.clearRequests();
  const { code, output: message } = await twin.command("up", wrong);
  expect(code).not.toBe(0);
  for (const key of [
    "organization.name",
    "organization.displayName",
    "organization.branding.logoUrl",
    "organization.branding",
    "organization.metadata",
    "organization.colour",
    "organization.connections[0].passwordPolicy",
    "organization.connections[0].isSignupEnabled",
    "organization.connections[1]",
    "api.identifier",
    "api.permissions[1].name",
    "api.tokenLifetimeSeconds",
    "roles[0].permissions[0]",
    "roles[1].permissions",
    "organization.members[0]",
    "organization.members[1].user",
    "organization.members[2]",
    "serviceApp.scopes[0].name",
    "serviceApp.scopes[1].name",
    "serviceApp.accessTokenLifetimeMinutes",
    "serviceApp.redirectUris[0]",
  ]) {
    expect(message).toContain(`ai-api-access:${key}`);
  }
  expect(message).not.toMatch(/\n\s+at /);
  expect(twin.requests()).toEqual([]);
});

test("unknown people, roles and connections are reported together, by name, without a stack trace and before any write", async () => {
  const wrong = {
    "ai-api-access:organization.connections": [{ existing: "Nobody-Made-This" }],
    "ai-api-access:organization.members": [
      { email: "nobody@example.com", roles: ["ai-editor"] },
      { email: "noone@example.com", roles: ["ai-auditor"] },
    ],
  };
  twin.clearRequests();
  const { code, output } = await twin.command("up", wrong);
  expect(code).not.toBe(0);
  expect(output).toContain(
    "connection Nobody-Made-This (ai-api-access:organization.connections[0].existing)",
  );
  expect(output).toContain("Authentication in the Auth0 dashboard");
  expect(output).toContain("nobody@example.com");
  expect(output).toContain("noone@example.com");
  expect(output).toContain("ai-auditor");
  expect(output).not.toMatch(/\n\s+at /);
  expect(twin.writes()).toEqual([]);
});

test("whoever signs up with the email of a member is no member unnoticed: a preview names the account until its email is verified", async () => {
  const email = "new@example.com";
  const stranger = { connection: "Username-Password-Authentication", email, password: "Local-twin-1" };
  const made = z
    .object({ user_id: z.string() })
    .parse(await twin.byHand("auth0", "POST", "/users", stranger));
  const members = { "ai-api-access:organization.members": [{ email, roles: ["ai-editor"] }] };

  const before = await twin.run("preview", members);
  expect(before.output).toContain(`${email} (ai-api-access:organization.members[0]) is ${made.user_id}`);
  expect(before.output).toContain("1 member is named by an email that is not verified");

  await twin.byHand("auth0", "PATCH", `/users/${made.user_id}`, { email_verified: true });
  expect((await twin.run("preview", members)).output).not.toContain("not verified");
});
