/** `loginApp`: the application through which people log in. Management API, POST /api/v2/clients. */
import { z } from "zod";
import type { ApiConfig } from "./api.ts";
import { field, type Findings, joined, type Readable } from "./field.ts";
import { callbackUrl, flag, isWebUrl, oneOf, pattern, wholeNumber } from "./kinds.ts";

const CALLBACK = "https://console.example.com/callback";
const HOME = "https://console.example.com";

/** Auth0's longest, in seconds: docs, "Configure Refresh Token Expiration". */
const ONE_YEAR = 31_557_600;

const fields = z.strictObject({
  name: pattern(/^[^<>]+$/, {
    wants: "text without < and >",
    example: "AI Console",
    description: "Its name",
  }),
  type: oneOf(["regular_web", "spa", "native"], {
    example: "regular_web",
    description:
      "`spa` and `native` keep no secret and log in with PKCE, `regular_web` has one; **a change replaces the " +
      "application**, with a new client id",
  }).default("regular_web"),
  callbacks: field(z.array(callbackUrl({ example: CALLBACK })).min(1), {
    wants: "a list with at least one URL to which people return after login",
    example: `["${CALLBACK}"]`,
    description:
      "https URLs without `#`; http for `localhost`, `127.0.0.1`, `[::1]` only; " +
      "with `native` also schemes of its own (`com.example.app://callback`)",
  }),
  logoutUrls: field(z.array(callbackUrl({ example: HOME })), {
    wants: "a list of URLs to which people return after logout",
    example: `["${HOME}"]`,
    description: "URLs of the same kind",
  }).default([]),
  organizationUsage: field(z.enum(["require", "allow"]), {
    wants: "require (people must log in to an organization) or allow",
    example: "require",
    description: "Whether people log in to an organization",
  }).default("require"),
  organizationRequireBehavior: oneOf(["pre_login_prompt", "post_login_prompt", "no_prompt"], {
    example: "pre_login_prompt",
    description: "How an organization that is required is asked for; with `organizationUsage: require` only",
    leftOut: "`pre_login_prompt`, where one is required",
  }).optional(),
  refreshTokenLifetimeSeconds: wholeNumber(1, ONE_YEAR, "seconds", {
    example: "2592000",
    description:
      "How long after logging in refresh tokens are good; each is good once, and gives the next. Only with `api.offlineAccess`",
    leftOut: "`2592000` (30 days)",
  }).optional(),
  refreshTokenIdleLifetimeSeconds: wholeNumber(1, ONE_YEAR, "seconds", {
    example: "1296000",
    description: "How long a refresh token is good that nobody uses; not the longer of the two",
    leftOut: "`1296000` (15 days), or the other if that is shorter",
  }).optional(),
  requirePushedAuthorizationRequests: flag({
    example: "true",
    description:
      "Logins begin with a request of the application's own to `/oauth/par` (RFC 9126), which the tenant has to allow " +
      "(Settings > Advanced); with type `regular_web` only",
  }).default(false),
});

type Fields = Readable<z.output<typeof fields>>;

export const loginApp = field(joined(fields, prompt, appSchemes, idleFirst, pushedWithSecret), {
  wants: "an object with name and callbacks",
  example: `{ name: AI Console, callbacks: ["${CALLBACK}"] }`,
  description: "The application through which people log in",
  leftOut: "the stack declares none",
});

function prompt({ organizationUsage, organizationRequireBehavior }: Fields): Findings {
  if (organizationUsage !== "allow" || organizationRequireBehavior === undefined) return undefined;
  return {
    path: ["organizationRequireBehavior"],
    wants:
      "nothing here with organizationUsage allow: it says how an organization that is required is asked for",
    example: "organizationUsage: require",
    next: "remove this line, or set organizationUsage: require",
  };
}

function appSchemes({ type, callbacks = [], logoutUrls = [] }: Fields): Findings {
  if (type === "native") return undefined;
  const urls = [
    ...callbacks.map((url, index) => ({ url, path: ["callbacks", index], example: CALLBACK })),
    ...logoutUrls.map((url, index) => ({ url, path: ["logoutUrls", index], example: HOME })),
  ];
  const wants =
    "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1]; other schemes only with type native)";
  return urls.flatMap(({ url, ...at }) => (url === undefined || isWebUrl(url) ? [] : { ...at, wants }));
}

const LIFETIME = 2_592_000;
const IDLE_LIFETIME = 1_296_000;

function idleFirst(config: Fields): Findings {
  const { refreshTokenLifetimeSeconds: lifetime = LIFETIME, refreshTokenIdleLifetimeSeconds: idle = 0 } =
    config;
  if (idle <= lifetime) return undefined;
  return {
    path: ["refreshTokenIdleLifetimeSeconds"],
    wants: `at most refreshTokenLifetimeSeconds, which is ${String(lifetime)}`,
    example: String(Math.min(lifetime, IDLE_LIFETIME)),
  };
}

/** Auth0 docs, "Authorization Code Flow with PAR": "Public applications are not currently supported." */
function pushedWithSecret({ type, requirePushedAuthorizationRequests: required }: Fields): Findings {
  if (required !== true || type === undefined || type === "regular_web") return undefined;
  return {
    path: ["requirePushedAuthorizationRequests"],
    wants: `nothing here with type ${type}: Auth0 takes pushed requests only from an application that keeps a secret`,
    example: "type: regular_web",
    next: "remove this line, or set type: regular_web",
  };
}

export type LoginAppConfig = z.output<typeof loginApp>;

/** Lifetimes of refresh tokens mean nothing where there are none. */
export function offlineFirst(config: {
  readonly loginApp?: Readable<LoginAppConfig> | undefined;
  readonly api?: Readable<ApiConfig>;
}): Findings {
  if (config.api?.offlineAccess !== false) return undefined;
  const { refreshTokenLifetimeSeconds, refreshTokenIdleLifetimeSeconds } = config.loginApp ?? {};
  const given = Object.entries({ refreshTokenLifetimeSeconds, refreshTokenIdleLifetimeSeconds });
  return given
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({
      path: ["loginApp", name],
      wants: "nothing here without ai-api-access:api.offlineAccess: there are no refresh tokens then",
      example: "ai-api-access:api.offlineAccess: true",
      next: "remove this line, or set api.offlineAccess: true",
    }));
}

/** Only where an organization is required may the application say how to ask for it. */
export function loginApplicationArgs(config: LoginAppConfig, { offlineAccess }: ApiConfig) {
  const { organizationUsage, organizationRequireBehavior = "pre_login_prompt" } = config;
  const asked = organizationUsage === "require" ? organizationRequireBehavior : undefined;
  const { refreshTokenLifetimeSeconds: lifetime = LIFETIME } = config;
  const { refreshTokenIdleLifetimeSeconds: idle = Math.min(lifetime, IDLE_LIFETIME) } = config;
  const refreshTokens = offlineAccess ? { lifetimeSeconds: lifetime, idleLifetimeSeconds: idle } : undefined;
  return { ...config, organizationRequireBehavior: asked, refreshTokens };
}
