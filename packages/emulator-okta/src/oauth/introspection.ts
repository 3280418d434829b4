import { Reply } from "@ai-api-access/emulator-core/routes.ts";
import type { Call } from "@ai-api-access/emulator-core/routes.ts";
import { serverParams } from "../authorization-servers/find.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { checkAccessToken, revoke } from "./access-token.ts";
import type { AccessTokenClaims } from "./access-token.ts";
import { authenticateClient } from "./client-authentication.ts";
import { invalidRequest } from "./errors.ts";
import { orgIssuer, serverIssuer } from "./issuer.ts";
import type { Issuer } from "./issuer.ts";
import { parametersOf } from "./parameters.ts";

interface Asked {
  readonly context: OktaContext;
  readonly issuer: Issuer;
  readonly call: Call;
  readonly body: unknown;
}

/** The client that asks, and the claims of the token that it asks about if that is a good one of this issuer. */
async function read({ context, issuer, call, body }: Asked, name: string) {
  const parameters = parametersOf(call, body);
  const client = await authenticateClient(context, {
    call,
    endpoint: `${issuer.endpoints}/v1/${name}`,
    parameters,
  });
  if (parameters.token === undefined) throw invalidRequest("The 'token' parameter is required.");
  const checked = await checkAccessToken(context, issuer, parameters.token);
  return { client, claims: "claims" in checked ? checked.claims : undefined };
}

/** Okta docs, "/introspect": what is true of a token that is good, and nothing of one that is not. */
async function introspect(asked: Asked) {
  const { claims } = await read(asked, "introspect");
  return claims === undefined ? { active: false } : described(claims);
}

/** What a token says of itself in its own words, said again under other names here. */
const RENAMED = ["scp", "cid", "ver"];

function described(claims: AccessTokenClaims) {
  const others = Object.entries(claims).filter(([name]) => !RENAMED.includes(name));
  const scope = claims.scp.join(" ");
  return { active: true, token_type: "Bearer", scope, client_id: claims.cid, ...Object.fromEntries(others) };
}

/** Okta docs, "/revoke": 200 whatever the token was; a client revokes its own tokens only. */
async function revokeToken(asked: Asked): Promise<Reply> {
  const { client, claims } = await read(asked, "revoke");
  if (claims?.cid === client.oauthCredentials.client_id) {
    asked.context.transaction(() => {
      revoke(asked.context, claims);
    });
  }
  return new Reply(200);
}

const operations = [
  { name: "introspect", answer: introspect },
  { name: "revoke", answer: revokeToken },
] as const;

/** Asking about tokens and ending them, at the org and at its authorization servers. */
export const introspectionRoutes = operations.flatMap(({ name, answer }) => [
  route({
    method: "POST",
    path: `/oauth2/v1/${name}`,
    operation: name,
    access: "public",
    success: 200,
    asyncHandler: ({ body, call }, context): Promise<unknown> =>
      answer({ context, issuer: orgIssuer(context, call.origin), call, body }),
  }),
  route({
    method: "POST",
    path: `/oauth2/:authServerId/v1/${name}`,
    operation: `${name}CustomAS`,
    access: "public",
    success: 200,
    params: serverParams,
    asyncHandler: async ({ params, body, call }, context): Promise<unknown> =>
      answer({ context, issuer: serverIssuer(context, call.origin, params.authServerId), call, body }),
  }),
]);
