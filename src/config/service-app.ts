/** `serviceApp`: the Okta app through which machines come in, and the authorization server that gives it tokens. */
import { z } from "zod";
import type { ApiConfig } from "./api.ts";
import { field, type Findings, joined, type Readable, repeated } from "./field.ts";
import { flag, oneOf, pattern, text, webUrl, wholeNumber } from "./kinds.ts";
import { jwks, KEY_EXAMPLE, publicJwk } from "./service-app-keys.ts";

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

const SCOPE_EXAMPLE = "{ name: ai:read, description: Ask the AI }";

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

const authorizationServer = field(
  z.strictObject({
    name: text(255, {
      example: "ai",
      description: "The name of the one that the stack creates",
      leftOut: "`api.name`",
    }).optional(),
    description: text(1000, {
      example: "AI API",
      description: "What the one that the stack creates is for",
      leftOut: "its name",
    }).optional(),
    existing: pattern(/^(?:aus[A-Za-z0-9]{17}|default)$/, {
      wants: "the id of an authorization server that exists (aus and 17 more characters), or default",
      example: "aus1a2b3c4d5e6f7g8h9",
      description:
        "One that is read and never changed; scopes, policy and rule are added to it. Then no `name`, `description`, `audience`",
      leftOut: "the stack creates one",
    }).optional(),
  }),
  {
    wants: "an object with either name or existing",
    example: "{ existing: aus1a2b3c4d5e6f7g8h9 }",
    description: "What gives the app its tokens",
  },
);

const fields = z.strictObject({
  label: text(100, {
    example: "AI Service OAuth App",
    description: "The name of the app, and of the policy",
  }).default("AI Service OAuth App"),
  tokenEndpointAuthMethod: oneOf(["client_secret_post", "client_secret_basic", "private_key_jwt"], {
    example: "client_secret_post",
    description: "How the app proves who it is",
  }).default("client_secret_post"),
  jwks: jwks.optional(),
  jwksUri: webUrl({
    example: "https://ai.example.com/.well-known/jwks.json",
    description: "Where the public keys are; with `private_key_jwt`, this or `jwks`",
    leftOut: "the app proves itself with `jwks`, or with a secret",
  }).optional(),
  audience: pattern(/^\S{1,600}$/, {
    wants: "1 to 600 characters without blanks; left out, it is the identifier of ai-api-access:api",
    example: "https://ai.example.com",
    description: "`aud` of machines' tokens; an existing authorization server has its own",
    leftOut: "`api.identifier`",
  }).optional(),
  scopes: field(scopes, {
    wants: "a list of at least one scope (without one, Okta gives the app no token)",
    example: `[${SCOPE_EXAMPLE}]`,
    description: "What the app may ask for",
  }),
  accessTokenLifetimeMinutes: wholeNumber(5, 1440, "minutes", {
    example: "60",
    description: "How long a token is good",
  }).default(60),
  redirectUris: field(z.array(webUrl({ example: "https://example.com/oauth/callback" })), {
    wants: "a list of URLs",
    example: '["https://example.com/oauth/callback"]',
    description: "https URLs without `#`; http on this machine only",
  }).default([]),
  postLogoutRedirectUris: field(z.array(webUrl({ example: "https://example.com/" })), {
    wants: "a list of URLs",
    example: '["https://example.com/"]',
    description: "URLs of the same kind",
  }).default([]),
  authorizationServer: authorizationServer.default({}),
});

type Fields = Readable<z.output<typeof fields>>;

export const serviceApp = field(joined(fields, secretOrKeys, newServer, existingServer), {
  wants: "an object with at least scopes",
  example: `{ scopes: [${SCOPE_EXAMPLE}] }`,
  description: "The Okta app through which machines come in",
  leftOut: "the stack declares none",
});

function secretOrKeys({ tokenEndpointAuthMethod: method, jwks, jwksUri }: Fields): Findings {
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

function newServer({ authorizationServer, scopes = [] }: Fields): Findings {
  if (authorizationServer?.existing !== undefined) return undefined;
  const indexes = [...scopes.keys()].filter((index) => scopes[index]?.existing === true);
  return indexes.map((index) => ({
    path: ["scopes", index, "existing"],
    wants: "false: an authorization server that the stack creates has no scopes of its own yet",
    example: SCOPE_EXAMPLE,
    next: "remove this line",
  }));
}

function existingServer({ authorizationServer: server, audience }: Fields): Findings {
  if (server?.existing === undefined) return undefined;
  const example = `{ existing: ${server.existing} }`;
  const own = Object.entries({ name: server.name, description: server.description });
  const findings = own.map(([option, value]) => ({
    value,
    path: ["authorizationServer", option],
    wants: "nothing here together with existing: the stack never changes that authorization server",
    example,
    next: "remove this line, or existing",
  }));
  const ofAudience = {
    value: audience,
    path: ["audience"],
    wants: "nothing here together with authorizationServer.existing: the audience is that server's own",
    example: `authorizationServer: ${example}`,
    next: "remove this line",
  };
  return [...findings, ofAudience].filter(({ value }) => value !== undefined);
}

type Parsed = z.output<typeof serviceApp>;
export type ServiceAppConfig = ReturnType<typeof serviceAppOf>;

/** With what the API says where the service app says nothing. */
export function serviceAppOf(parsed: Parsed, api: Pick<ApiConfig, "name" | "identifier">) {
  const { tokenEndpointAuthMethod, jwks, jwksUri, audience, authorizationServer, ...rest } = parsed;
  const { existing, name = api.name, description = name } = authorizationServer;
  const server = { kind: "own", name, description, audience: audience ?? api.identifier } as const;
  return {
    ...rest,
    authentication: { method: tokenEndpointAuthMethod, jwks: jwks?.map(publicJwk), jwksUri },
    authorizationServer: existing === undefined ? server : ({ kind: "existing", id: existing } as const),
  };
}

/** What the app and its authorization server are declared with. */
export function serviceAppArgs({ authentication, authorizationServer: server, ...rest }: ServiceAppConfig) {
  const { method, ...keys } = authentication;
  const args = { ...rest, ...keys, tokenEndpointAuthMethod: method };
  if (server.kind === "existing") return { ...args, authorizationServerId: server.id };
  return {
    ...args,
    authorizationServerName: server.name,
    authorizationServerDescription: server.description,
    audience: server.audience,
  };
}
