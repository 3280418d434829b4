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

export const OKTA_VARIABLES: readonly string[] = Object.values(VARIABLES);

type Read = (name: keyof typeof VARIABLES) => string;

/** Credentials that a stack may have of its own. */
const SECRETS = ["apiToken", "accessToken", "privateKey"] as const;

/**
 * Reads the settings, from the provider's configuration and, where that says nothing, from the environment.
 *
 * @param trustedProxy the one address outside of this machine that may stand in for the org's
 * @throws TenantError that says what to set
 */
export function readOktaSettings(
  config: ProviderConfig,
  environment: Environment = process.env,
  trustedProxy?: string,
): OktaSettings {
  const read: Read = settingsReader(VARIABLES, config, environment);
  return { origin: originOf(read, config, trustedProxy), credentials: credentialsOf(read) };
}

/**
 * The org's address. As in the provider `httpProxy` takes its place, so it would get the org's credentials: it is
 * believed only where it leads to a local tenant of a stack that has no credentials of its own, or where it is trusted.
 */
function originOf(read: Read, config: ProviderConfig, trustedProxy: string | undefined): string {
  const [proxy, name, base] = [read("httpProxy"), read("orgName"), read("baseUrl")];
  const org = name === "" || base === "" ? undefined : `${name}.${base}`;
  if (proxy === "") {
    if (org !== undefined) return `https://${org}`;
    throw new TenantError("settings", "the org is not named", {
      next: "pulumi config set okta:orgName acme and okta:baseUrl okta.com, or OKTA_ORG_NAME and OKTA_BASE_URL",
    });
  }
  const leftOver = !config.httpProxy;
  const setting = leftOver ? "OKTA_HTTP_PROXY" : "okta:httpProxy";
  const takeOut = leftOver ? "unset OKTA_HTTP_PROXY" : "pulumi config rm okta:httpProxy";
  const url = URL.parse(proxy);
  if (url === null) {
    throw new TenantError("settings", `${setting} is no URL`, {
      next: `http://localhost:4480, or ${takeOut}`,
    });
  }
  const { origin, hostname } = url;
  if (!isLoopback(hostname)) {
    if (origin === URL.parse(trustedProxy ?? "")?.origin) return origin;
    throw new TenantError("settings", `${setting} would send the org's credentials to ${origin}`, {
      next: `${takeOut}, or, if it is meant, pulumi config set oktaHttpProxy ${origin}`,
    });
  }
  const local = base === "localhost";
  const ownCredentials = leftOver && SECRETS.some((secret) => config[secret]);
  if (local && !ownCredentials) return origin;
  const stack = local ? "has credentials of its own" : `is one of ${org ?? "an org with no name"}`;
  throw new TenantError(
    "settings",
    `${setting} leads to a port of this machine (${origin}), and the stack ${stack}`,
    { next: leftOver ? `${takeOut}, which a local stack left behind` : takeOut },
  );
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
