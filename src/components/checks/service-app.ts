/** The Okta app through which machines come in. Okta API, POST /api/v1/apps and /authorizationServers. */
import { z } from "zod";
import { field, type Findings, joined, repeated } from "./field.ts";
import { flag, oneOf, pattern, text, webUrl, wholeNumber } from "./kinds.ts";
import { jwks, KEY_EXAMPLE } from "./service-app-keys.ts";

/** Okta docs, OpenID Connect scopes and `groups`: they describe a person, and here there is none. */
const PERSONAL_SCOPES = [
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
  "groups",
  "device_sso",
];

export const SCOPE_EXAMPLE = "{ name: ai:read, description: Ask the AI }";

const ofApi = ({ name = "" }: { readonly name?: string }): Findings => {
  if (!PERSONAL_SCOPES.includes(name)) return undefined;
  return {
    path: ["name"],
    wants:
      "a scope of your API: openid, profile, email and their like describe the person who logs in, and with client credentials nobody does, so Okta refuses them",
    example: "ai:read",
    next: "remove it; it belongs to an app through which people log in",
  };
};

const scope = z.strictObject({
  // Okta docs: Authorization Servers API, "Scope properties".
  name: pattern(/^(?=.{1,255}$)(?!okta[.:])(?!okta$)(?!\*$)[\x21\x23-\x5b\x5d-\x7e]+$/, {
    wants: 'printable ASCII without blanks, " and \\; not okta, not *, not beginning with okta. or okta:',
    example: "ai:read",
    description: `As it stands in tokens, each once; none of ${PERSONAL_SCOPES.join(", ")}`,
  }),
  description: text(1000, {
    example: "Ask the AI",
    description: "What it allows",
    leftOut: "the name",
  }).optional(),
  existing: flag({
    example: "true",
    description: "The existing authorization server has this scope already: it is allowed, not created",
  }).default(false),
});

const scopes = joined(
  z
    .array(
      field(joined(scope, ofApi), { wants: "an object with name and description", example: SCOPE_EXAMPLE }),
    )
    .min(1),
  (list) =>
    repeated(list.map((one) => one?.name)).map(({ index, first }) => ({
      path: [index, "name"],
      wants: `each scope once (this one is scopes[${String(first)}] already)`,
      example: "ai:write",
    })),
);

/** The authorization server: its name and description, or the id of one that exists. */
export const serverFields = {
  name: text(255, {
    example: "ai",
    description: "The name of the one that the stack creates",
    leftOut: "`api.name`",
  }),
  description: text(1000, {
    example: "AI API",
    description: "What the one that the stack creates is for",
    leftOut: "its name",
  }),
  existing: pattern(/^(?:aus[A-Za-z0-9]{17}|default)$/, {
    wants: "the id of an authorization server that exists (aus and 17 more characters), or default",
    example: "aus1a2b3c4d5e6f7g8h9",
    description:
      "One that is read and never changed; scopes, policy and rule are added to it. Then no `name`, `description`, `audience`",
    leftOut: "the stack creates one",
  }),
};

export const serviceAppFields = {
  label: text(100, {
    example: "AI Service OAuth App",
    description: "The name of the app, and of the policy",
  }),
  tokenEndpointAuthMethod: oneOf(["client_secret_post", "client_secret_basic", "private_key_jwt"], {
    example: "client_secret_post",
    description: "How the app proves who it is",
  }),
  jwks: jwks,
  jwksUri: webUrl({
    example: "https://ai.example.com/.well-known/jwks.json",
    description: "Where the public keys are; with `private_key_jwt`, this or `jwks`",
    leftOut: "the app proves itself with `jwks`, or with a secret",
  }),
  audience: pattern(/^\S{1,600}$/, {
    wants: "1 to 600 characters without blanks; left out, it is the identifier of ai-api-access:api",
    example: "https://ai.example.com",
    description: "`aud` of machines' tokens; an existing authorization server has its own",
    leftOut: "`api.identifier`",
  }),
  scopes: field(scopes, {
    wants: "a list of at least one scope (without one, Okta gives the app no token)",
    example: `[${SCOPE_EXAMPLE}]`,
    description: "What the app may ask for",
  }),
  accessTokenLifetimeMinutes: wholeNumber(5, 1440, "minutes", {
    example: "60",
    description: "How long a token is good",
  }),
  redirectUris: field(z.array(webUrl({ example: "https://example.com/oauth/callback" })), {
    wants: "a list of URLs",
    example: '["https://example.com/oauth/callback"]',
    description: "https URLs without `#`; http on this machine only",
  }),
  postLogoutRedirectUris: field(z.array(webUrl({ example: "https://example.com/" })), {
    wants: "a list of URLs",
    example: '["https://example.com/"]',
    description: "URLs of the same kind",
  }),
};

export function secretOrKeys({
  tokenEndpointAuthMethod: method,
  jwks,
  jwksUri,
}: {
  readonly tokenEndpointAuthMethod?: string | undefined;
  readonly jwks?: unknown;
  readonly jwksUri?: unknown;
}): Findings {
  const given = Object.entries({ jwks, jwksUri }).filter(([, value]) => value !== undefined);
  if (method === undefined) return undefined;
  if (method !== "private_key_jwt") {
    return given.map(([name]) => ({
      path: [name],
      got: `${name}, with tokenEndpointAuthMethod ${method}`,
      wants: "no keys for an app that proves itself with a secret",
      example: "tokenEndpointAuthMethod: private_key_jwt",
      next: `use the keys as in the example, or remove ${name}`,
    }));
  }
  if (given.length === 1) return undefined;
  if (given.length === 0) {
    return {
      path: ["jwks"],
      got: "neither jwks nor jwksUri, with tokenEndpointAuthMethod private_key_jwt",
      wants: "the public keys that the app signs with, or the URL where they are",
      example: `jwks: [${KEY_EXAMPLE}]`,
    };
  }
  return {
    path: ["jwksUri"],
    got: "both jwks and jwksUri",
    wants: "only one of the two: the keys themselves, or the URL where they are",
    example: "jwksUri: https://ai.example.com/.well-known/jwks.json",
    next: "remove one of the two",
  };
}

/** A server that exists has its own audience; one that is created is given it. */
function audienceOfOwnServer({
  authorizationServerId,
  audience,
}: {
  readonly authorizationServerId?: unknown;
  readonly audience?: unknown;
}): Findings {
  if (authorizationServerId !== undefined || audience !== undefined) return undefined;
  return {
    path: ["audience"],
    got: "neither audience nor authorizationServerId",
    wants: "the audience of the tokens, or the id of an authorization server that exists",
    example: "https://ai.example.com",
  };
}

export const serviceAppInputs = joined(
  z.object({
    label: serviceAppFields.label,
    tokenEndpointAuthMethod: serviceAppFields.tokenEndpointAuthMethod,
    jwks: jwks.optional(),
    jwksUri: serviceAppFields.jwksUri.optional(),
    audience: serviceAppFields.audience.optional(),
    scopes: serviceAppFields.scopes,
    accessTokenLifetimeMinutes: serviceAppFields.accessTokenLifetimeMinutes.optional(),
    redirectUris: serviceAppFields.redirectUris.optional(),
    postLogoutRedirectUris: serviceAppFields.postLogoutRedirectUris.optional(),
    authorizationServerName: serverFields.name.optional(),
    authorizationServerDescription: serverFields.description.optional(),
    authorizationServerId: serverFields.existing.optional(),
  }),
  secretOrKeys,
  audienceOfOwnServer,
);
