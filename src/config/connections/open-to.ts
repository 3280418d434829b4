/** Who can have an account that a connection takes: whoever has one may log in, and can be a member by it. */

/** Strategies whose accounts somebody hands out: Auth0 docs, "Enterprise Identity Providers". */
const ENTERPRISE = [
  "ad",
  "adfs",
  "auth0-adldap",
  "google-apps",
  "oidc",
  "okta",
  "pingfederate",
  "samlp",
  "waad",
];

/** Those of them that one option opens to anyone. */
export const OPENED_BY_OPTIONS = ["oidc", "waad"];

/** The options that do, as the auth0 provider names them. */
interface Options {
  readonly issuer?: unknown;
  readonly discoveryUrl?: unknown;
  /** Management API, options of `waad`, `useCommonEndpoint`: "Allows users from any Azure AD organization to sign in." */
  readonly waadCommonEndpoint?: unknown;
}

/** Whose accounts a connection takes, where anyone can have one; undefined where somebody hands them out. */
export function openTo(strategy: string, options: Options): string | undefined {
  if (!ENTERPRISE.includes(strategy)) return strategy;
  if (strategy === "oidc") return [options.issuer, options.discoveryUrl].map(publicHost).find(Boolean);
  const isCommon = strategy === "waad" && String(options.waadCommonEndpoint) === "true";
  return isCommon ? "some organization of Microsoft Entra" : undefined;
}

/** OpenID providers at which anyone can make an account. */
const PUBLIC_HOSTS = [
  "accounts.google.com",
  "api.login.yahoo.com",
  "appleid.apple.com",
  "gitlab.com",
  "id.twitch.tv",
  "login.salesforce.com",
  "slack.com",
  "www.facebook.com",
  "www.linkedin.com",
  "www.paypal.com",
];

/** Issuers for the accounts of all: Microsoft docs, "OpenID Connect on the Microsoft identity platform". */
const MICROSOFT = "login.microsoftonline.com";
const TENANTS_OF_ALL = ["common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"];

/** The host of an issuer, if anyone can have an account there. */
function publicHost(issuer: unknown): string | undefined {
  const url = typeof issuer === "string" ? URL.parse(issuer) : null;
  if (url === null) return undefined;
  const [, tenant = ""] = url.pathname.split("/");
  const isPublic =
    PUBLIC_HOSTS.includes(url.hostname) ||
    (url.hostname === MICROSOFT && TENANTS_OF_ALL.includes(tenant.toLowerCase()));
  return isPublic ? url.hostname : undefined;
}
