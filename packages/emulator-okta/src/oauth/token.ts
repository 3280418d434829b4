import { Reply } from "@ai-api-access/emulator-core";
import { authorizationCode } from "./authorization-code.ts";
import { authenticateClient } from "./client-authentication.ts";
import { clientCredentials } from "./client-credentials.ts";
import { provenKey } from "./dpop.ts";
import { invalidRequest, OAuthError } from "./errors.ts";
import { endpointRoutes } from "./issuer.ts";
import type { IssuerRequest } from "./issuer.ts";
import { parametersOf } from "./parameters.ts";

/** The grants that this stand-in serves; people sign in at the org itself alone. */
const SERVED = ["authorization_code", "client_credentials"];
const SERVED_BY_SERVERS = ["client_credentials"];

/** What no cache may keep (RFC 6749, 5.1). */
const UNCACHED = { "cache-control": "no-store", pragma: "no-cache" };

async function giveToken({ context, issuer, call, body }: IssuerRequest): Promise<Reply> {
  const parameters = parametersOf(call, body);
  const endpoint = `${issuer.endpoints}/v1/token`;
  const client = await authenticateClient(context, { call, parameters, endpoint });
  const { grant_type: type, scope } = parameters;
  const served = issuer.server === undefined ? SERVED : SERVED_BY_SERVERS;
  if (type === undefined) {
    throw invalidRequest(
      `The token request must specify a 'grant_type'. Valid values: [${served.join(", ")}].`,
    );
  }
  if (!served.includes(type)) {
    throw new OAuthError(
      400,
      "unsupported_grant_type",
      `The authorization grant type is not supported by the authorization server. Configured grant types: [${served.join(", ")}].`,
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
  // Okta docs, "Configure DPoP": the app's setting asks for a proof. Another app's is not looked at.
  const jkt = dpop_bound_access_tokens ? await provenKey(context, call) : undefined;
  if (issuer.server?.status === "INACTIVE") throw invalidRequest("The authorization server id is invalid.");
  const answer =
    type === "authorization_code"
      ? await authorizationCode(context, issuer, { client, parameters, jkt })
      : await clientCredentials(context, issuer, { client, scope, jkt });
  return new Reply(200, answer, UNCACHED);
}

/** The token endpoints of the org and of its authorization servers. */
export const tokenRoutes = endpointRoutes("token", giveToken);
