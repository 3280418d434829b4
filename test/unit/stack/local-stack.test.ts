import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { localStack, sourceOf } from "../config/stack-file.ts";
import { LOCAL_STACK } from "./local-stack.ts";
import { SEEDED, runProgram, valuesOf } from "./registrations.ts";

const run = await runProgram(sourceOf(localStack()), SEEDED);

test("the local stack declares exactly these resources, in this order of dependence", () => {
  expect(run.registrations).toEqual(LOCAL_STACK);
});

test("looked up are the connection, and the person who is named by email, without her roles", () => {
  expect(run.calls).toEqual([
    {
      token: "auth0:index/getConnection:getConnection",
      inputs: { name: "Username-Password-Authentication", skipEnabledClients: true },
    },
    {
      token: "auth0:index/getUser:getUser",
      inputs: { query: 'email:"grace@example.com"', skipRoles: true, skipPermissions: true },
    },
  ]);
});

test("the outputs are what an application needs to let the right callers in", async () => {
  const issuer = "https://acme.okta.com/oauth2/id-of-service-app-authorization-server";

  expect(await valuesOf(run.outputs)).toEqual({
    organizationDomain: "localhost:4443",
    organizationId: "id-of-organization",
    organizationName: "my-awesome-company",
    auth0Issuer: "https://localhost:4443/",
    auth0Audience: "https://ai.example.com",
    auth0ClientId: "id-of-login-app",
    connectionId: "con_premade",
    connectionIds: { "Username-Password-Authentication": "con_premade" },
    roleIds: { "ai-reader": "id-of-api-role-ai-reader", "ai-editor": "id-of-api-role-ai-editor" },
    clientId: "id-of-service-app",
    clientSecret: "kT9vXw2LrQ8sPz4m",
    oktaIssuer: issuer,
    oktaTokenEndpoint: `${issuer}/v1/token`,
    oktaAudience: "https://ai.example.com",
    oktaScopes: ["ai:read", "ai:write"],
    appConfig: {
      auth0: {
        issuer: "https://localhost:4443/",
        audience: "https://ai.example.com",
        organizationId: "id-of-organization",
        organizationName: "my-awesome-company",
        organizationDomain: "localhost:4443",
        clientId: "id-of-login-app",
      },
      okta: {
        issuer,
        tokenEndpoint: `${issuer}/v1/token`,
        audience: "https://ai.example.com",
        clientId: "id-of-service-app",
        clientSecret: "kT9vXw2LrQ8sPz4m",
        scopes: ["ai:read", "ai:write"],
      },
    },
  });
});

test("the client secret is a secret, and the only one", async () => {
  const { clientSecret, appConfig, ...others } = run.outputs;
  const { clientSecret: inConfig, ...okta } = appConfig.okta ?? {};

  expect(await pulumi.isSecret(pulumi.output(clientSecret))).toBe(true);
  expect(await pulumi.isSecret(pulumi.output(inConfig))).toBe(true);
  expect(await pulumi.isSecret(pulumi.output({ ...others, okta, auth0: appConfig.auth0 }))).toBe(false);
});
