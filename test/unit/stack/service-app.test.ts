/** Claim: the Okta service app and its authorization server are declared as `serviceApp` says. */
import { expect, test } from "@jest/globals";
import { localWith, names } from "./local-with.ts";
import { valuesOf } from "./registrations.ts";

const SERVER = "okta:auth/server:Server service-app-authorization-server";

/** Of the RSA key in RFC 7517, A.1. */
const MODULUS =
  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

test("with private_key_jwt the app has public keys and no secret anywhere", async () => {
  const key = { kty: "RSA", kid: "one", e: "AQAB", n: MODULUS };
  const { run, gone, added, changed } = await localWith({
    "serviceApp.tokenEndpointAuthMethod": "private_key_jwt",
    "serviceApp.jwks": [{ ...key, use: "sig" }],
  });

  expect({ gone, added }).toEqual({ gone: [], added: [] });
  expect(changed).toEqual([
    {
      resource: "okta:app/oAuth:OAuth service-app",
      parent: "service-app",
      inputs: {
        label: "AI Service OAuth App",
        type: "service",
        grantTypes: ["client_credentials"],
        responseTypes: ["token"],
        tokenEndpointAuthMethod: "private_key_jwt",
        jwks: [key],
        omitSecret: true,
        redirectUris: ["https://example.com/oauth/callback"],
        postLogoutRedirectUris: ["https://example.com/"],
      },
      ignoreChanges: ["hideIos", "hideWeb"],
    },
  ]);
  expect(run.outputs).not.toHaveProperty("clientSecret");
  expect(run.outputs.appConfig.okta).not.toHaveProperty("clientSecret");
});

test("an existing authorization server is read by id; scopes, policy and rule move there", async () => {
  const id = "aus1a2b3c4d5e6f7g8h9";
  const { run, gone, added, changed } = await localWith({
    "serviceApp.authorizationServer": { existing: id },
    "serviceApp.scopes[1].existing": true,
  });

  expect(gone).toEqual([SERVER, "okta:auth/serverScope:ServerScope service-app-scope-ai:write"]);
  expect(added).toEqual([]);
  expect(names(changed)).toEqual([
    "okta:auth/serverPolicy:ServerPolicy service-app-policy",
    "okta:auth/serverPolicyRule:ServerPolicyRule service-app-rule",
    "okta:auth/serverScope:ServerScope service-app-scope-ai:read",
  ]);
  for (const { inputs, replaceOnChanges, deletedWith } of changed) {
    expect(inputs).toMatchObject({ authServerId: id });
    expect(replaceOnChanges).toContain("authServerId");
    // That server is not the stack's to delete, so nothing goes with it.
    expect(deletedWith).not.toBe("service-app-existing-authorization-server");
  }
  // Okta renumbers the policies of everybody at each change.
  expect(changed.flatMap(({ ignoreChanges = [] }) => ignoreChanges)).toEqual(["priority"]);
  expect(changed.find(({ resource }) => resource.endsWith("rule"))?.inputs).toMatchObject({
    scopeWhitelists: ["ai:read", "ai:write"],
  });
  expect(await valuesOf(run.outputs)).toMatchObject({
    oktaIssuer: `https://acme.okta.com/oauth2/${id}`,
    oktaAudience: "https://other.example.com",
    oktaScopes: ["ai:read", "ai:write"],
  });
});
