import { Reply } from "@ai-api-access/emulator-core/routes.ts";
import { serverParams } from "../authorization-servers/find.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import type { Call } from "@ai-api-access/emulator-core/routes.ts";
import { authenticateClient } from "./client-authentication.ts";
import { invalidRequest, OAuthError } from "./errors.ts";
import { GRANTS } from "./grants/index.ts";
import { orgIssuer, serverIssuer } from "./issuer.ts";
import type { Issuer } from "./issuer.ts";
import { parametersOf } from "./parameters.ts";

const SERVED = [...GRANTS.keys()].join(", ");

/** What no cache may keep (RFC 6749, 5.1). */
const UNCACHED = { "cache-control": "no-store", pragma: "no-cache" };

async function giveToken(context: OktaContext, issuer: Issuer, call: Call, body: unknown): Promise<Reply> {
  const parameters = parametersOf(call, body);
  const endpoint = `${issuer.endpoints}/v1/token`;
  const client = await authenticateClient(context, { call, parameters, endpoint });
  const { grant_type: type } = parameters;
  if (type === undefined) {
    throw invalidRequest(`The token request must specify a 'grant_type'. Valid values: [${SERVED}].`);
  }
  const grant = GRANTS.get(type);
  if (grant === undefined) {
    throw new OAuthError(
      400,
      "unsupported_grant_type",
      `The authorization grant type is not supported by the authorization server. Configured grant types: [${SERVED}].`,
    );
  }
  const { grant_types, dpop_bound_access_tokens } = client.oauthClient;
  if (!grant_types.includes(type)) {
    throw new OAuthError(
      400,
      "unauthorized_client",
      `The client is not authorized to use the provided grant type. Configured grant types: [${grant_types.join(", ")}].`,
    );
  }
  if (dpop_bound_access_tokens) requireDpop(call);
  if (issuer.server?.status === "INACTIVE") throw invalidRequest("The authorization server id is invalid.");
  return new Reply(200, await grant({ context, issuer, client, parameters }), UNCACHED);
}

/** Okta docs, "Configure DPoP": such a client proves that it has a key. This stand-in cannot check the proof. */
function requireDpop({ headers }: Call): never {
  const without = (headers.dpop ?? "") === "";
  throw new OAuthError(
    400,
    "invalid_dpop_proof",
    without
      ? "The DPoP proof JWT header is missing."
      : "The DPoP proof JWT is invalid. (This stand-in issues no DPoP-bound tokens: set dpop_bound_access_tokens to false.)",
  );
}

/** The token endpoints of the org and of its authorization servers. */
export const tokenRoutes = [
  route({
    method: "POST",
    path: "/oauth2/v1/token",
    operation: "token",
    access: "public",
    success: 200,
    asyncHandler: ({ body, call }, context) =>
      giveToken(context, orgIssuer(context, call.origin), call, body),
  }),
  route({
    method: "POST",
    path: "/oauth2/:authServerId/v1/token",
    operation: "tokenCustomAS",
    access: "public",
    success: 200,
    params: serverParams,
    asyncHandler: async ({ params, body, call }, context) =>
      giveToken(context, serverIssuer(context, call.origin, params.authServerId), call, body),
  }),
];
