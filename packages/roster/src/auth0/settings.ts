/** How to get into the Management API: the settings of the auth0 provider, under its own names. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import { isUnknown } from "@ai-api-access/provider-kit";

export type Credentials =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "secret"; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: "key"; readonly clientId: string; readonly key: string; readonly algorithm: string };

export interface Settings {
  /** Host, with a port if need be. */
  readonly domain: string;
  /** By default the Management API of the domain. */
  readonly audience: string | undefined;
  readonly credentials: Credentials;
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

export type Setting = keyof typeof VARIABLES;

/** Those that the state keeps encrypted, however they were given. */
export const SECRET_SETTINGS: readonly Setting[] = ["apiToken", "clientSecret", "clientAssertionPrivateKey"];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings, from the provider's inputs and, where those say nothing, from the environment. The order of
 * preference is the auth0 provider's: login of the Auth0 CLI, token, client secret or key.
 *
 * @throws an error that says what to set
 */
export function readSettings(inputs: PlainProperties, environment: Environment = process.env): Settings {
  const setting = (name: Setting): string => {
    const value = inputs[name];
    if (isUnknown(value))
      throw new Error(`auth0:${name} is not known yet, and the roster cannot wait for it`);
    const text = typeof value === "boolean" ? String(value) : typeof value === "string" ? value : "";
    return text === "" ? (environment[VARIABLES[name]] ?? "") : text;
  };
  const domain = setting("domain")
    .replace(/^https?:\/\//, "")
    .replace(/\/+$/, "");
  if (domain === "") {
    throw new Error(
      "auth0:domain is not set: pulumi config set auth0:domain TENANT.REGION.auth0.com, or AUTH0_DOMAIN",
    );
  }
  const audience = setting("audience");
  return {
    domain,
    audience: audience === "" ? undefined : audience,
    credentials: credentialsOf(setting, domain),
  };
}

function credentialsOf(setting: (name: Setting) => string, domain: string): Credentials {
  if (setting("cliLogin") === "true") return { kind: "token", token: cliToken(domain) };
  const token = setting("apiToken");
  if (token !== "") return { kind: "token", token };
  const clientId = setting("clientId");
  const clientSecret = setting("clientSecret");
  const key = setting("clientAssertionPrivateKey");
  if (clientId !== "" && key !== "") {
    return { kind: "key", clientId, key, algorithm: setting("clientAssertionSigningAlg") || "RS256" };
  }
  if (clientId !== "" && clientSecret !== "") return { kind: "secret", clientId, clientSecret };
  throw new Error(
    "there are no credentials for Auth0: set auth0:clientId and auth0:clientSecret (AUTH0_CLIENT_ID, " +
      "AUTH0_CLIENT_SECRET), or auth0:apiToken (AUTH0_API_TOKEN)",
  );
}

/** The token of the Auth0 CLI, where it keeps it in its file: in a keyring it is out of reach from here. */
function cliToken(domain: string): string {
  const file = join(homedir(), ".config", "auth0", "config.json");
  try {
    const config: unknown = JSON.parse(readFileSync(file, "utf8"));
    const token = at(at(at(config, "tenants"), domain), "access_token");
    if (typeof token === "string" && token !== "") return token;
  } catch {
    // What is missing or unreadable is told below.
  }
  throw new Error(
    `auth0:cliLogin is set, but the Auth0 CLI keeps its token for ${domain} in a keyring, which the roster cannot ` +
      "open: give it one of its own with auth0:clientId and auth0:clientSecret, or AUTH0_API_TOKEN",
  );
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
