/** How to get into Okta's API: the settings of the okta provider, under its own names. */
import { existsSync, readFileSync } from "node:fs";
import { TenantError } from "../errors.ts";
import { isLoopback, settingsReader, type Environment, type ProviderConfig } from "../settings.ts";

export type OktaCredentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "bearer"; readonly token: string }
  | {
      readonly kind: "key";
      readonly clientId: string;
      /** PEM. */
      readonly key: string;
      readonly keyId?: string | undefined;
      readonly scopes: readonly string[];
    };

export interface OktaSettings {
  readonly origin: string;
  readonly credentials: OktaCredentials;
}

/** The provider's settings and the variables that stand in for them. */
const VARIABLES = {
  orgName: "OKTA_ORG_NAME",
  baseUrl: "OKTA_BASE_URL",
  httpProxy: "OKTA_HTTP_PROXY",
  apiToken: "OKTA_API_TOKEN",
  accessToken: "OKTA_ACCESS_TOKEN",
  clientId: "OKTA_API_CLIENT_ID",
  privateKey: "OKTA_API_PRIVATE_KEY",
  privateKeyId: "OKTA_API_PRIVATE_KEY_ID",
  scopes: "OKTA_API_SCOPES",
} as const;

type Read = (name: keyof typeof VARIABLES) => string;

/**
 * Reads the settings, from the provider's configuration and, where that says nothing, from the environment.
 *
 * @throws TenantError that says what to set
 */
export function readOktaSettings(
  config: ProviderConfig,
  environment: Environment = process.env,
): OktaSettings {
  const read: Read = settingsReader(VARIABLES, config, environment);
  return { origin: originOf(read, config), credentials: credentialsOf(read) };
}

/**
 * The org's address. As in the provider `httpProxy` takes its place; but a variable that a local stack left in the
 * shell must not lead a real org's credentials to a port of this machine.
 */
function originOf(read: Read, config: ProviderConfig): string {
  const [proxy, name, base] = [read("httpProxy"), read("orgName"), read("baseUrl")];
  const org = name === "" || base === "" ? undefined : `${name}.${base}`;
  if (proxy === "") {
    if (org !== undefined) return `https://${org}`;
    throw new TenantError("settings", "the org is not named", {
      next: "pulumi config set okta:orgName acme and okta:baseUrl okta.com, or OKTA_ORG_NAME and OKTA_BASE_URL",
    });
  }
  const { origin, hostname } = new URL(proxy);
  const leftOver = !config.httpProxy && isLoopback(hostname);
  if (leftOver && org !== undefined && base !== "localhost") {
    throw new TenantError(
      "settings",
      `OKTA_HTTP_PROXY leads to a port of this machine (${origin}), and the stack is one of ${org}`,
      { next: "unset OKTA_HTTP_PROXY, which a local stack left behind" },
    );
  }
  return origin;
}

function credentialsOf(read: Read): OktaCredentials {
  const token = read("apiToken");
  if (token !== "") return { kind: "token", token };
  const bearer = read("accessToken");
  if (bearer !== "") return { kind: "bearer", token: bearer };
  const clientId = read("clientId");
  const key = read("privateKey");
  if (clientId !== "" && key !== "") {
    const keyId = read("privateKeyId");
    return {
      kind: "key",
      clientId,
      // The provider takes the key or the path of its file.
      key: key.includes("PRIVATE KEY") || !existsSync(key) ? key : readFileSync(key, "utf8"),
      keyId: keyId === "" ? undefined : keyId,
      scopes: listOf(read("scopes")),
    };
  }
  throw new TenantError("settings", "there are no credentials for Okta", {
    next:
      "pulumi config set --secret okta:apiToken (or OKTA_API_TOKEN), or okta:clientId, okta:privateKey and " +
      "okta:scopes",
  });
}

/** A list as JSON, as the configuration has it, or with commas, as the environment has it. */
function listOf(text: string): readonly string[] {
  return text.split(/[\s,[\]"]+/).filter((part) => part !== "");
}
