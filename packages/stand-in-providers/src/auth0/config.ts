import { isUnknown } from "@ai-api-access/provider-kit";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import { loopbackOrigin } from "../http/loopback.ts";

/** The plugin that this one stands in for. */
export const OFFICIAL = { name: "auth0", version: "3.49.0" };

/** How to get into the Management API. */
type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "client"; readonly clientId: string; readonly clientSecret: string };

export interface Auth0Config {
  readonly origin: string;
  readonly audience: string;
  readonly credentials: Credentials;
}

/**
 * Reads the provider's configuration: `auth0:domain`, `auth0:clientId`, `auth0:clientSecret`, `auth0:apiToken`,
 * `auth0:audience`, or AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, AUTH0_API_TOKEN, AUTH0_AUDIENCE.
 */
export function readConfig(inputs: PlainProperties): Auth0Config {
  const setting = (key: string, variable: string): string => {
    const value = inputs[key];
    if (isUnknown(value)) throw new Error(`auth0:${key} is not known yet`);
    return typeof value === "string" && value !== "" ? value : (process.env[variable] ?? "");
  };
  const domain = setting("domain", "AUTH0_DOMAIN");
  if (domain === "") {
    throw new Error(
      `auth0:domain is not set. Set it (pulumi config set auth0:domain localhost:4443), or AUTH0_DOMAIN.`,
    );
  }
  const origin = loopbackOrigin(domain, "auth0:domain", OFFICIAL).replace(/^http:/, "https:");
  return {
    origin,
    audience: setting("audience", "AUTH0_AUDIENCE") || `${origin}/api/v2/`,
    credentials: readCredentials(setting),
  };
}

function readCredentials(setting: (key: string, variable: string) => string): Credentials {
  const token = setting("apiToken", "AUTH0_API_TOKEN");
  if (token !== "") return { kind: "token", token };
  const clientId = setting("clientId", "AUTH0_CLIENT_ID");
  const clientSecret = setting("clientSecret", "AUTH0_CLIENT_SECRET");
  if (clientId !== "" && clientSecret !== "") return { kind: "client", clientId, clientSecret };
  throw new Error(
    `no credentials for Auth0: set auth0:clientId and auth0:clientSecret (AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET), ` +
      `or auth0:apiToken (AUTH0_API_TOKEN).`,
  );
}
