/** `serviceApp`: the Okta app through which machines come in, and the authorization server that gives it tokens. */
import { z } from "zod";
import type { ApiConfig } from "./api.ts";
import { field, type Findings, joined, type Readable } from "../components/checks/field.ts";
import { publicJwk } from "../components/checks/service-app-keys.ts";
import {
  SCOPE_EXAMPLE,
  secretOrKeys,
  serverFields,
  serviceAppFields,
} from "../components/checks/service-app.ts";

const authorizationServer = field(
  z.strictObject({
    name: serverFields.name.optional(),
    description: serverFields.description.optional(),
    existing: serverFields.existing.optional(),
  }),
  {
    wants: "an object with either name or existing",
    example: "{ existing: aus1a2b3c4d5e6f7g8h9 }",
    description: "What gives the app its tokens",
  },
);

const fields = z.strictObject({
  label: serviceAppFields.label.default("AI Service OAuth App"),
  tokenEndpointAuthMethod: serviceAppFields.tokenEndpointAuthMethod.default("client_secret_post"),
  jwks: serviceAppFields.jwks.optional(),
  jwksUri: serviceAppFields.jwksUri.optional(),
  audience: serviceAppFields.audience.optional(),
  scopes: serviceAppFields.scopes,
  accessTokenLifetimeMinutes: serviceAppFields.accessTokenLifetimeMinutes.default(60),
  redirectUris: serviceAppFields.redirectUris.default([]),
  postLogoutRedirectUris: serviceAppFields.postLogoutRedirectUris.default([]),
  authorizationServer: authorizationServer.default({}),
});

type Fields = Readable<z.output<typeof fields>>;

export const serviceApp = field(joined(fields, secretOrKeys, newServer, existingServer), {
  wants: "an object with at least scopes",
  example: `{ scopes: [${SCOPE_EXAMPLE}] }`,
  description: "The Okta app through which machines come in",
  leftOut: "the stack declares none",
});

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
