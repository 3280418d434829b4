/** What an API tells clients of itself before they have a token. */
import { expect, test } from "@jest/globals";
import { protectedResource, type VerifierConfig } from "../index.ts";

const config = (audience: string, more: object = {}): VerifierConfig => ({
  auth0: { issuer: "https://acme.us.auth0.com/", audience, organizationId: "org_1", ...more },
  okta: { issuer: "https://acme.okta.com/oauth2/aus1", audience, clientId: "0oa1" },
});
const described = { name: "AI API", scopes: ["ai:read", "ai:write"] };

test("the metadata names the audience to the letter, who signs people in first, and what may be asked for", () => {
  expect(protectedResource(config("https://ai.example.com/mcp"), described)?.metadata).toEqual({
    resource: "https://ai.example.com/mcp",
    resource_name: "AI API",
    authorization_servers: ["https://acme.us.auth0.com/", "https://acme.okta.com/oauth2/aus1"],
    scopes_supported: ["ai:read", "ai:write"],
    bearer_methods_supported: ["header"],
    dpop_signing_alg_values_supported: ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512"],
    dpop_bound_access_tokens_required: false,
  });
});

test.each([
  ["https://ai.example.com", "https://ai.example.com/.well-known/oauth-protected-resource"],
  ["https://ai.example.com/", "https://ai.example.com/.well-known/oauth-protected-resource"],
  ["https://ai.example.com/mcp", "https://ai.example.com/.well-known/oauth-protected-resource/mcp"],
  ["http://localhost:3002/mcp", "http://localhost:3002/.well-known/oauth-protected-resource/mcp"],
])("the metadata of %s is at %s, and at the path without that of the resource", (audience, url) => {
  const found = protectedResource(config(audience), described);
  expect(found?.url).toBe(url);
  expect(found?.paths).toEqual([
    ...new Set([new URL(url).pathname, "/.well-known/oauth-protected-resource"]),
  ]);
});

test.each([
  "ai-api",
  "urn:ai",
  "http://ai.example.com/mcp",
  "https://ai.example.com/?a",
  "https://ai.example.com/#a",
])("an audience that is no URL of a resource has no metadata: %s", (audience) => {
  expect(protectedResource(config(audience), described)).toBeUndefined();
});

test("bound tokens are required where each token has to be bound", () => {
  const required = ({ auth0, okta }: VerifierConfig) =>
    protectedResource(okta === undefined ? { auth0 } : { auth0, okta }, described)?.metadata
      .dpop_bound_access_tokens_required;
  const bound = config("https://ai.example.com/mcp", { proofOfPossession: "required" });
  expect(required({ auth0: bound.auth0 })).toBe(true);
  expect(required(bound)).toBe(false);
});
