import type { PlainProperties } from "@ai-api-access/provider-kit";
import { loopbackOrigin } from "../http/loopback.ts";

/** The plugin that this one stands in for. */
export const OFFICIAL = { name: "okta", version: "7.0.0" };

export interface OktaConfig {
  readonly origin: string;
  readonly apiToken: string;
}

/**
 * Reads the provider's configuration: `okta:httpProxy`, `okta:orgName`, `okta:baseUrl`, `okta:apiToken`, or
 * OKTA_HTTP_PROXY, OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_API_TOKEN. As in the official plugin `httpProxy` takes the
 * place of the org's own address.
 */
export function readConfig(inputs: PlainProperties): OktaConfig {
  const setting = (key: string, variable: string): string => {
    const value = inputs[key];
    return typeof value === "string" && value !== "" ? value : (process.env[variable] ?? "");
  };
  const apiToken = setting("apiToken", "OKTA_API_TOKEN");
  if (apiToken === "") {
    throw new Error(
      `okta:apiToken is not set. Set it (pulumi config set --secret okta:apiToken …), or OKTA_API_TOKEN; ` +
        `this stand-in has no other way in.`,
    );
  }
  const proxy = setting("httpProxy", "OKTA_HTTP_PROXY");
  if (proxy !== "") return { origin: loopbackOrigin(proxy, "okta:httpProxy", OFFICIAL), apiToken };
  const address = `${setting("orgName", "OKTA_ORG_NAME")}.${setting("baseUrl", "OKTA_BASE_URL")}`;
  return { origin: loopbackOrigin(address, "the address of the org", OFFICIAL), apiToken };
}
