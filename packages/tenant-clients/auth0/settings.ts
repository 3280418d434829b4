/** How to get into the Management API: the settings of the auth0 provider, under its own names. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { TenantError } from "../errors.ts";
import { textAt, valueAt } from "../json.ts";
import { isLoopback, settingsReader, type Environment, type ProviderConfig } from "../settings.ts";

type Auth0Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "secret"; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: "key"; readonly clientId: string; readonly key: string; readonly algorithm: string };

export interface Auth0Settings {
  /** Host, with a port if need be. */
  readonly domain: string;
  /** By default the Management API of the domain. */
  readonly audience?: string | undefined;
  readonly credentials: Auth0Credentials;
}

/** The provider's settings and the variables that stand in for them. */
const VARIABLES = {
  domain: "AUTH0_DOMAIN",
  audience: "AUTH0_AUDIENCE",
  apiToken: "AUTH0_API_TOKEN",
  clientId: "AUTH0_CLIENT_ID",
  clientSecret: "AUTH0_CLIENT_SECRET",
  clientAssertionPrivateKey: "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
  clientAssertionSigningAlg: "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
  cliLogin: "AUTH0_CLI_LOGIN",
} as const;

export const AUTH0_VARIABLES: readonly string[] = Object.values(VARIABLES);

type Auth0Setting = keyof typeof VARIABLES;

/** Those that a state keeps encrypted, however they were given. */
export const AUTH0_SECRETS: readonly Auth0Setting[] = [
  "apiToken",
  "clientSecret",
  "clientAssertionPrivateKey",
];

type Read = (name: Auth0Setting) => string;

/**
 * Reads the settings, from the provider's configuration and, where that says nothing, from the environment. The order
 * of preference is the auth0 provider's: login of the Auth0 CLI, token, client secret or key.
 *
 * @throws TenantError that says what to set
 */
export function readAuth0Settings(
  config: ProviderConfig,
  environment: Environment = process.env,
): Auth0Settings {
  const read: Read = settingsReader(VARIABLES, config, environment);
  const domain = read("domain")
    .replace(/^https?:\/\//, "")
    .replace(/\/+$/, "");
  if (domain === "") {
    throw new TenantError("settings", "auth0:domain is not set", {
      next: "pulumi config set auth0:domain TENANT.REGION.auth0.com, or AUTH0_DOMAIN",
    });
  }
  refuseLeftOvers(config, environment, domain);
  const audience = read("audience");
  return {
    domain,
    audience: audience === "" ? undefined : audience,
    credentials: credentialsOf(read, domain),
  };
}

/** A shell that is set up for the local tenant, and a stack that is not: whose credentials go where is then anybody's guess. */
function refuseLeftOvers(config: ProviderConfig, environment: Environment, domain: string): void {
  const variable = environment.AUTH0_DOMAIN ?? "";
  if (!isLocal(variable)) return;
  const ownCredentials = AUTH0_SECRETS.some((secret) => config[secret]);
  if (isLocal(domain) ? !ownCredentials || config.domain : ownCredentials) return;
  const stack = ownCredentials ? "the stack has credentials of its own" : `the stack is one of ${domain}`;
  throw new TenantError("settings", `AUTH0_DOMAIN is a port of this machine (${variable}), and ${stack}`, {
    next: "unset AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, which a local stack left behind",
  });
}

function isLocal(domain: string): boolean {
  const url = URL.parse(/^https?:\/\//.test(domain) ? domain : `https://${domain}`);
  return url !== null && isLoopback(url.hostname);
}

function credentialsOf(read: Read, domain: string): Auth0Credentials {
  if (read("cliLogin") === "true") return { kind: "token", token: cliToken(domain) };
  const token = read("apiToken");
  if (token !== "") return { kind: "token", token };
  const clientId = read("clientId");
  const clientSecret = read("clientSecret");
  const key = read("clientAssertionPrivateKey");
  if (clientId !== "" && key !== "") {
    return { kind: "key", clientId, key, algorithm: read("clientAssertionSigningAlg") || "RS256" };
  }
  if (clientId !== "" && clientSecret !== "") return { kind: "secret", clientId, clientSecret };
  throw new TenantError("settings", "there are no credentials for Auth0", {
    next:
      "set auth0:clientId and auth0:clientSecret (AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET), or auth0:apiToken " +
      "(AUTH0_API_TOKEN)",
  });
}

/** The token of the Auth0 CLI, where it keeps it in its file: in a keyring it is out of reach from here. */
function cliToken(domain: string): string {
  const file = join(homedir(), ".config", "auth0", "config.json");
  try {
    const config: unknown = JSON.parse(readFileSync(file, "utf8"));
    const token = textAt(valueAt(valueAt(config, "tenants"), domain), "access_token");
    if (token !== undefined && token !== "") return token;
  } catch {
    // What is missing or unreadable is reported below.
  }
  throw new TenantError(
    "settings",
    `auth0:cliLogin is set, but the Auth0 CLI keeps its token for ${domain} in a keyring, which cannot be opened from here`,
    { next: "set auth0:clientId and auth0:clientSecret, or AUTH0_API_TOKEN" },
  );
}
