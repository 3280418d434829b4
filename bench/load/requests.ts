/** What clients of every identity provider ask for again and again, of tenants that the example's seed has filled. */
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import type { VendorName } from "@ai-api-access/testing/tenant-http.ts";
import type { LoadRequest } from "../verifier/load.ts";

export function requestsTo(
  vendor: VendorName,
  { auth0, okta }: TenantAccess,
): Readonly<Record<"token" | "keys" | "discovery", LoadRequest>> {
  if (vendor === "auth0") {
    const known = `${auth0.origin}/.well-known`;
    return {
      token: tokenRequest(
        `${auth0.origin}/oauth/token`,
        "LocalNightlyJob00000000000000001:local-nightly-job-secret",
        { audience: "https://ai.example.com" },
      ),
      keys: { url: `${known}/jwks.json` },
      discovery: { url: `${known}/openid-configuration` },
    };
  }
  const issuer = `${okta.origin}/oauth2/ausLocalAi0000000001`;
  return {
    token: tokenRequest(`${issuer}/v1/token`, "local-service:local-service-secret", { scope: "ai:read" }),
    keys: { url: `${issuer}/v1/keys` },
    discovery: { url: `${issuer}/.well-known/oauth-authorization-server` },
  };
}

/** @param client its id and secret, with a colon between them */
function tokenRequest(
  url: string,
  client: string,
  parameters: Readonly<Record<string, string>>,
): LoadRequest {
  return {
    url,
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(client).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials", ...parameters }).toString(),
  };
}
