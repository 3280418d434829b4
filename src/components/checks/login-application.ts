/** The application through which people log in. Management API, POST /api/v2/clients. */
import { z } from "zod";
import { apiFields } from "./api.ts";
import { field, joined, type Findings, type Readable } from "./field.ts";
import { callbackUrl, flag, isWebUrl, KEPT, oneOf, pattern, wholeNumber } from "./kinds.ts";

export const CALLBACK = "https://console.example.com/callback";
const HOME = "https://console.example.com";

/** Auth0's longest, in seconds: docs, "Configure Refresh Token Expiration". */
const ONE_YEAR = 31_557_600;

export const loginFields = {
  name: pattern(/^[^<>]+$/, {
    wants: "text without < and >",
    example: "AI Console",
    description: "Its name",
    leftOut: "`existing` has to be there",
  }),
  type: oneOf(["regular_web", "spa", "native"], {
    example: "regular_web",
    description:
      "`spa` and `native` keep no secret and log in with PKCE, `regular_web` has one; **a change replaces the " +
      "application**, with a new client id",
  }),
  callbacks: field(z.array(callbackUrl({ example: CALLBACK })).min(1), {
    wants: "a list with at least one URL to which people return after login",
    example: `["${CALLBACK}"]`,
    description:
      "https URLs without `#`; http for `localhost`, `127.0.0.1`, `[::1]` only; " +
      "with `native` also schemes of its own (`com.example.app://callback`)",
    leftOut: "`existing` has to be there",
  }),
  logoutUrls: field(z.array(callbackUrl({ example: HOME })), {
    wants: "a list of URLs to which people return after logout",
    example: `["${HOME}"]`,
    description: "URLs of the same kind",
  }),
  organizationUsage: field(z.enum(["require", "allow"]), {
    wants: "require (people must log in to an organization) or allow",
    example: "require",
    description: "Whether people log in to an organization",
  }),
  refreshTokenLifetimeSeconds: wholeNumber(1, ONE_YEAR, "seconds", {
    example: "2592000",
    description:
      "How long after logging in refresh tokens are good; each is good once, and gives the next. Only with `api.offlineAccess`",
    leftOut: "`2592000` (30 days)",
  }),
  refreshTokenIdleLifetimeSeconds: wholeNumber(1, ONE_YEAR, "seconds", {
    example: "1296000",
    description: "How long a refresh token is good that nobody uses; not the longer of the two",
    leftOut: "`1296000` (15 days), or the other if that is shorter",
  }),
  requirePushedAuthorizationRequests: flag({
    example: "true",
    description:
      "Logins begin with a request of the application's own to `/oauth/par` (RFC 9126), which the tenant has to allow " +
      "(Settings > Advanced); with type `regular_web` only",
  }),
};

/** What the configuration and the component take alike, and either may leave out. */
export const optionalLoginFields = z
  .object({
    initiateLoginUri: field(
      z.string().refine((value) => isWebUrl(value) && value.startsWith("https:")),
      {
        wants: "an https URL without a # part",
        example: "https://console.example.com/login",
        description: "Where the application begins a login; invitations lead there",
        leftOut: KEPT,
      },
    ),
    organizationRequireBehavior: oneOf(["pre_login_prompt", "post_login_prompt", "no_prompt"], {
      example: "pre_login_prompt",
      description:
        "How an organization that is required is asked for; with `organizationUsage: require` only",
      leftOut: "`pre_login_prompt`, where one is required",
    }),
  })
  .partial().shape;

type Fields = Readable<{
  readonly type?: string | undefined;
  readonly callbacks?: readonly string[] | undefined;
  readonly logoutUrls?: readonly string[] | undefined;
  readonly organizationUsage?: string | undefined;
  readonly organizationRequireBehavior?: string | undefined;
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
}>;

export function prompt({ organizationUsage, organizationRequireBehavior }: Fields): Findings {
  if (organizationUsage !== "allow" || organizationRequireBehavior === undefined) return undefined;
  return {
    path: ["organizationRequireBehavior"],
    wants:
      "nothing here with organizationUsage allow: it says how an organization that is required is asked for",
    example: "organizationUsage: require",
    next: "remove this line, or set organizationUsage: require",
  };
}

export function appSchemes({ type, callbacks = [], logoutUrls = [] }: Fields): Findings {
  if (type === "native") return undefined;
  const urls = [
    ...callbacks.map((url, index) => ({ url, path: ["callbacks", index], example: CALLBACK })),
    ...logoutUrls.map((url, index) => ({ url, path: ["logoutUrls", index], example: HOME })),
  ];
  const wants =
    "an https URL without a # part (http only for localhost, 127.0.0.1 and [::1]; other schemes only with type native)";
  return urls.flatMap(({ url, ...at }) => (url === undefined || isWebUrl(url) ? [] : { ...at, wants }));
}

/** Auth0 docs, "Authorization Code Flow with PAR": "Public applications are not currently supported." */
export function pushedWithSecret({ type, requirePushedAuthorizationRequests: required }: Fields): Findings {
  if (required !== true || type === undefined || type === "regular_web") return undefined;
  return {
    path: ["requirePushedAuthorizationRequests"],
    wants: `nothing here with type ${type}: Auth0 takes pushed requests only from an application that keeps a secret`,
    example: "type: regular_web",
    next: "remove this line, or set type: regular_web",
  };
}

/** What the application is granted. */
const grantedFields = {
  audience: apiFields.identifier,
  permissions: apiFields.thirdPartyPermissions.optional(),
};

const refreshTokens = joined(
  z.object({
    lifetimeSeconds: loginFields.refreshTokenLifetimeSeconds,
    idleLifetimeSeconds: loginFields.refreshTokenIdleLifetimeSeconds,
  }),
  ({ lifetimeSeconds: lifetime, idleLifetimeSeconds: idle }) =>
    lifetime === undefined || idle === undefined || idle <= lifetime
      ? undefined
      : {
          path: ["idleLifetimeSeconds"],
          wants: `at most lifetimeSeconds, which is ${String(lifetime)}`,
          example: String(lifetime),
        },
);

export const loginApplicationInputs = joined(
  z.object({
    ...grantedFields,
    name: loginFields.name,
    type: loginFields.type,
    callbacks: loginFields.callbacks,
    logoutUrls: loginFields.logoutUrls.optional(),
    organizationUsage: loginFields.organizationUsage.optional(),
    ...optionalLoginFields,
    requirePushedAuthorizationRequests: loginFields.requirePushedAuthorizationRequests.optional(),
    refreshTokens: refreshTokens.optional(),
  }),
  prompt,
  appSchemes,
  pushedWithSecret,
);
