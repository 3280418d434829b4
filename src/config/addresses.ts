/**
 * Where the providers would send the credentials of the stack. `okta:httpProxy` takes the place of the org's address,
 * and the variables of the local tenants stay in a shell until somebody takes them out.
 */
import type { Finding } from "../components/checks/field.ts";
import { isLoopback } from "../components/checks/kinds.ts";
import { proxyOrigin } from "./okta-http-proxy.ts";
import type { ConfigSource } from "./source.ts";

const AUTH0_CREDENTIALS = ["auth0:apiToken", "auth0:clientSecret", "auth0:clientAssertionPrivateKey"];
const OKTA_CREDENTIALS = ["okta:apiToken", "okta:accessToken", "okta:privateKey"];
const DOMAIN = "auth0:domain";
const PROXY = "okta:httpProxy";

interface Setting {
  readonly value: string;
  /** It is not of the configuration but of the environment, by this name. */
  readonly variable: string | undefined;
}

/** As the providers read it; an empty one says nothing. */
function setting({ values, environment }: ConfigSource, key: string, variable: string): Setting {
  const value = values[key] ?? "";
  return value === "" ? { value: environment[variable] ?? "", variable } : { value, variable: undefined };
}

/** Where people sign in at the org: its host, and of a local one the address that stands in for it. */
export function signInDomain(source: ConfigSource): string | undefined {
  const local = URL.parse(setting(source, PROXY, "OKTA_HTTP_PROXY").value);
  return realOrg(source) ?? local?.host;
}

/** The host of the org that is named, as the Okta provider reads it. */
function oktaDomain(source: ConfigSource): string | undefined {
  const name = setting(source, "okta:orgName", "OKTA_ORG_NAME").value;
  const base = setting(source, "okta:baseUrl", "OKTA_BASE_URL").value;
  return name + base === "" ? undefined : `${name}.${base === "" ? "okta.com" : base}`;
}

/** The org that is named, unless it is a local one. */
function realOrg(source: ConfigSource): string | undefined {
  const domain = oktaDomain(source);
  return domain?.endsWith(".localhost") ? undefined : domain;
}

export function isLocal(domain: string): boolean {
  return isLoopback(URL.parse(`https://${domain}`)?.hostname ?? "");
}

function has({ values }: ConfigSource, keys: readonly string[]): boolean {
  return keys.some((key) => (values[key] ?? "") !== "");
}

/**
 * @param domain of the Auth0 tenant
 * @param trusted the consent of `oktaHttpProxy`
 */
export function addressFindings(
  source: ConfigSource,
  domain: string | undefined,
  trusted: unknown,
): Finding[] {
  return [...proxyFindings(source, domain, trusted), ...domainFindings(source, domain)];
}

function proxyFindings(source: ConfigSource, domain: string | undefined, trusted: unknown): Finding[] {
  const { value, variable } = setting(source, PROXY, "OKTA_HTTP_PROXY");
  if (value === "") return [];
  const origin = proxyOrigin(value);
  const takeOut = variable === undefined ? `pulumi config rm ${PROXY}` : `unset ${variable}`;
  const words = {
    path: [PROXY],
    got: `${origin === undefined ? "no URL" : JSON.stringify(origin)}${variable === undefined ? "" : ` (from ${variable})`}`,
    next: variable === undefined ? takeOut : `${takeOut}, which the local tenants leave in a shell`,
  };
  if (origin === undefined) {
    return [{ ...words, wants: "an http or https URL", example: "http://localhost:4480" }];
  }
  if (!isLoopback(new URL(origin).hostname)) {
    if (typeof trusted === "string" && proxyOrigin(trusted) === origin) return [];
    return [
      {
        ...words,
        wants:
          "nothing, or the address that ai-api-access:oktaHttpProxy names: it would be sent the org's credentials",
        example: `ai-api-access:oktaHttpProxy: ${origin}`,
        next: `${takeOut}, or, if it is meant, pulumi config set oktaHttpProxy ${origin}`,
      },
    ];
  }
  const real = realOrg(source) ?? (domain !== undefined && !isLocal(domain) ? domain : undefined);
  const mixed = variable !== undefined && has(source, OKTA_CREDENTIALS);
  if (real === undefined && !mixed) return [];
  const stack = real === undefined ? "has credentials of its own" : `is one of ${real}`;
  return [
    {
      ...words,
      wants: `nothing: it is a port of this machine, and the stack ${stack}`,
      example: "okta:orgName: acme and okta:baseUrl: okta.com alone",
    },
  ];
}

function domainFindings(source: ConfigSource, domain: string | undefined): Finding[] {
  if (domain === undefined) return [];
  const { variable } = setting(source, DOMAIN, "AUTH0_DOMAIN");
  const shell = source.environment.AUTH0_DOMAIN ?? "";
  const ownCredentials = has(source, AUTH0_CREDENTIALS);
  const words = {
    path: [DOMAIN],
    example: "acme.us.auth0.com",
    next:
      shell === ""
        ? `pulumi config set ${DOMAIN} acme.us.auth0.com`
        : "unset AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, which the local tenants leave in a shell",
  };
  if (isLocal(domain)) {
    const real = realOrg(source);
    const mixed = variable !== undefined && ownCredentials;
    if (real === undefined && !mixed) return [];
    const stack = real === undefined ? "has credentials of its own" : `is one of ${real}`;
    const got = `${JSON.stringify(domain)}${variable === undefined ? "" : ` (from ${variable})`}`;
    return [
      {
        ...words,
        got,
        wants: `the tenant's host name: this is a port of this machine, and the stack ${stack}`,
      },
    ];
  }
  if (!isLocal(shell) || ownCredentials) return [];
  return [
    {
      ...words,
      got: `${JSON.stringify(domain)}, with AUTH0_DOMAIN=${shell} in the environment`,
      wants: "credentials of its own: those in the environment are of a local tenant",
    },
  ];
}
