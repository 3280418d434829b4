/** `npx ai-api-access doctor` for a stack without any shared secret: both tenants are asked with private keys. */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { diagnose } from "../src/doctor/doctor.ts";
import { newSigner } from "@ai-api-access/testing/okta-oauth.ts";
import { serviceApp } from "@ai-api-access/testing/okta-tenant.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { auth0Sdk } from "./by-hand.ts";
import { withEnvironment } from "./doctor-plants.ts";

const OKTA_SCOPES = [
  "okta.apps.manage",
  "okta.apps.read",
  "okta.authorizationServers.manage",
  "okta.authorizationServers.read",
  "okta.policies.read",
];

let twin: TestTwin;
let keys: Readonly<Record<string, string>>;
beforeAll(async () => {
  twin = await TestTwin.start();
  keys = { AUTH0_CLIENT_SECRET: "", OKTA_API_TOKEN: "", ...(await auth0Key()), ...(await oktaKey()) };
  twin.clearRequests();
});
afterAll(() => twin.close());

/** A Machine to Machine application that proves itself by a key, with every scope of the Management API. */
async function auth0Key(): Promise<Readonly<Record<string, string>>> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { access } = twin.tenants;
  const sdk = auth0Sdk(access);
  const { client_id: id = "" } = await sdk.clients.create({
    name: "Deployer",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
    client_authentication_methods: {
      private_key_jwt: {
        credentials: [
          {
            credential_type: "public_key",
            pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
          },
        ],
      },
    },
  });
  const audience = `https://${access.auth0.domain}/api/v2/`;
  const { scopes = [] } = await sdk.resourceServers.get(audience);
  await sdk.clientGrants.create({ client_id: id, audience, scope: scopes.map(({ value }) => value) });
  return {
    AUTH0_CLIENT_ID: id,
    AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256",
  };
}

/** An API Services app as Okta makes it: it has to prove a key (DPoP). With what README says that it has to be granted. */
async function oktaKey(): Promise<Readonly<Record<string, string>>> {
  const signer = newSigner("deployer", "RSA");
  const app = serviceApp({
    label: "Deployer",
    credentials: { token_endpoint_auth_method: "private_key_jwt" },
    oauthClient: { jwks: { keys: [signer.jwk] }, dpop_bound_access_tokens: true },
  });
  const { id } = z.object({ id: z.string() }).parse(await twin.byHand("okta", "POST", "/apps", app));
  for (const scopeId of OKTA_SCOPES) {
    await twin.byHand("okta", "POST", `/apps/${id}/grants`, {
      issuer: twin.tenants.access.okta.origin,
      scopeId,
    });
  }
  return {
    OKTA_API_CLIENT_ID: id,
    OKTA_API_PRIVATE_KEY: signer.key.export({ type: "pkcs8", format: "pem" }).toString(),
    OKTA_API_PRIVATE_KEY_ID: "deployer",
    OKTA_API_SCOPES: OKTA_SCOPES.join(","),
  };
}

test("a healthy stack is only ticks, and nothing was written", async () => {
  const checks = await diagnose(withEnvironment(twin, keys));
  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(checks.filter(({ subject }) => subject === "credentials").map(({ found }) => found)).toEqual([
    "Auth0: client id and private key, from the environment",
    "Okta: client id and private key, from the environment",
  ]);
  expect(twin.writes().filter((line) => !line.endsWith("/oauth2/v1/token"))).toEqual([]);
});

test("a scope that is not asked for is named", async () => {
  const scopes = OKTA_SCOPES.filter((scope) => scope !== "okta.authorizationServers.manage");
  const checks = await diagnose(withEnvironment(twin, { ...keys, OKTA_API_SCOPES: scopes.join(",") }));
  expect(
    checks.filter(({ status }) => status === "wrong").map(({ subject, found }) => ({ subject, found })),
  ).toEqual([{ subject: "scopes", found: "okta.authorizationServers.manage was not given" }]);
});

test("another key than the one that the tenants know is said to be refused, and is not shown", async () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({
    type: "pkcs8",
    format: "pem",
  });
  const wrong = { AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: String(other), OKTA_API_PRIVATE_KEY: String(other) };
  const checks = await diagnose(withEnvironment(twin, { ...keys, ...wrong }));
  const refused = checks.filter(({ status }) => status === "wrong");
  expect(refused.map(({ subject }) => subject)).toEqual(["auth0", "okta"]);
  expect(JSON.stringify(checks)).not.toContain("PRIVATE KEY");
});
