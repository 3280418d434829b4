import { Reply, without } from "@ai-api-access/emulator-core";
import { checkAccessToken, revoke } from "./access-token.ts";
import { authenticateClient } from "./client-authentication.ts";
import { invalidRequest } from "./errors.ts";
import { endpointRoutes } from "./issuer.ts";
import type { IssuerRequest } from "./issuer.ts";
import { parametersOf } from "./parameters.ts";

/** The client that asks, and the claims of the token that it asks about if that is a valid one of this issuer. */
async function read({ context, issuer, call, body }: IssuerRequest, name: string) {
  const parameters = parametersOf(call, body);
  const endpoint = `${issuer.endpoints}/v1/${name}`;
  const client = await authenticateClient(context, { call, endpoint, parameters });
  if (parameters.token === undefined) throw invalidRequest("The 'token' parameter is required.");
  const checked = await checkAccessToken(context, issuer, parameters.token);
  return { client, claims: "claims" in checked ? checked.claims : undefined };
}

/** Okta docs, "/introspect": the facts of a valid token, and nothing about another. */
async function introspect(request: IssuerRequest) {
  const { claims } = await read(request, "introspect");
  if (claims === undefined) return { active: false };
  const { scp, cid, cnf } = claims;
  const token_type = cnf === undefined ? "Bearer" : "DPoP";
  // RFC 7662 has its own names for these; Okta does not show `ver`.
  const others = without(claims, "scp", "cid", "ver");
  return { active: true, token_type, scope: scp.join(" "), client_id: cid, ...others };
}

/** Okta docs, "/revoke": 200 whatever the token was; a client revokes its own tokens only. */
async function revokeToken(request: IssuerRequest): Promise<Reply> {
  const { context } = request;
  const { client, claims } = await read(request, "revoke");
  if (claims?.cid === client.oauthCredentials.client_id) {
    context.transaction(() => {
      revoke(context, claims);
    });
  }
  return new Reply(200);
}

/** Asking about tokens and ending them, at the org and at its authorization servers. */
export const introspectionRoutes = [
  ...endpointRoutes("introspect", introspect),
  ...endpointRoutes("revoke", revokeToken),
];
