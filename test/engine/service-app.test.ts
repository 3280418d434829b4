/** The Okta service app through changes that a mock cannot judge. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { readLocalStack } from "@ai-api-access/local/project.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

const KEY = "ai-api-access:serviceApp";
const declared = z.record(z.string(), z.unknown()).parse(readLocalStack().config[KEY]);

const named = z.object({ id: z.string(), name: z.string() });
const scopesSchema = z.array(named.extend({ system: z.boolean() }));
const policySchema = named.extend({
  conditions: z.object({ clients: z.object({ include: z.array(z.string()) }) }),
});

test("an existing authorization server in place of the own one moves scopes, policy and rule", async () => {
  await twin.run("up");
  const outputs = await (await twin.open()).stack.outputs();
  const own = String(outputs.oktaIssuer?.value).split("/").at(-1) ?? "";
  const made = await twin.byHand("okta", "POST", "/authorizationServers", {
    name: "made by hand",
    description: "made by hand",
    audiences: ["https://hand.example.com"],
    issuerMode: "ORG_URL",
  });
  const { id: other } = named.parse(made);
  const server = `/authorizationServers/${other}`;
  const moved = { [KEY]: { ...declared, authorizationServer: { existing: other } } };
  await twin.run("up", moved);

  const scopes = await twin.read("okta", `${server}/scopes`, scopesSchema);
  const ownScopes = scopes.filter(({ system }) => !system).map(({ name }) => name);
  expect(ownScopes.sort()).toEqual(["ai:read", "ai:write"]);
  const [policy] = await twin.read("okta", `${server}/policies`, z.tuple([policySchema]));
  expect(policy.conditions.clients.include).toEqual([outputs.clientId?.value]);
  const rules = await twin.read("okta", `${server}/policies/${policy.id}/rules`, z.array(named));
  expect(rules).toHaveLength(1);
  await expect(twin.byHand("okta", "GET", `/authorizationServers/${own}`)).rejects.toThrow("404");

  expect((await twin.run("preview", moved)).changes).not.toHaveProperty("update");
  const after = await (await twin.open(moved)).stack.outputs();
  expect(after.oktaAudience?.value).toBe("https://hand.example.com");

  await twin.run("destroy", moved);
  expect(await twin.read("okta", server, named)).toMatchObject({ name: "made by hand" });
});

test("with private_key_jwt there is no secret anywhere, not even the one from before", async () => {
  await twin.run("up");
  const before = await (await twin.open()).stack.outputs();
  const former = String(before.clientSecret?.value);
  expect(former.length).toBeGreaterThan(20);
  const jwk = {
    kty: "RSA",
    kid: "2026-11",
    e: "AQAB",
    n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
  };
  const withKey = { [KEY]: { ...declared, tokenEndpointAuthMethod: "private_key_jwt", jwks: [jwk] } };
  const { output } = await twin.run("up", withKey);
  const opened = await twin.open(withKey);
  const outputs = await opened.stack.outputs();
  expect(Object.keys(outputs)).toContain("clientId");
  expect(Object.keys(outputs)).not.toContain("clientSecret");
  expect(JSON.stringify(outputs.appConfig?.value)).not.toMatch(/secret/i);
  const exported = JSON.stringify((await opened.stack.exportStack()).deployment);
  expect(exported).toContain("2026-11");
  // What is encrypted in the state shows as JSON text in JSON text here. The provider keeps the property of the
  // secret, empty; and the Auth0 provider takes its application's public certificate for a secret.
  const secrets = [...exported.matchAll(/"plaintext":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => text);
  const unexpected = secrets.filter(
    (text) => text !== String.raw`"\"\""` && !text?.includes("BEGIN CERTIFICATE"),
  );
  expect(unexpected).toEqual([]);
  expect(exported).not.toContain(former);
  expect(output).not.toContain(former);
});
