import { z } from "zod";
import { findClient } from "../apps/find.ts";
import { route } from "../context.ts";
import { notFound } from "../errors.ts";
import { wholeReply } from "../paging.ts";
import { findServer, serverParams } from "./find.ts";

const all = "/api/v1/authorizationServers/:authServerId/clients";
const tokens = `${all}/:clientId/tokens`;
const clientParams = serverParams.extend({ clientId: z.string() });
const tokenParams = clientParams.extend({ tokenId: z.string() });
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"], success: 204 } as const;

/**
 * Which clients hold refresh tokens of an authorization server (Okta docs, "Authorization Server Clients"). The local
 * org issues none, so there are none to list, to look at and to revoke.
 */
export const serverClientRoutes = [
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listOAuth2ClientsForAuthorizationServer",
    params: serverParams,
    handler: ({ params, call }, context) => {
      findServer(context, params.authServerId);
      return wholeReply(call, []);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: tokens,
    operation: "listRefreshTokensForAuthorizationServerAndClient",
    params: clientParams,
    handler: ({ params, call }, context) => {
      findServer(context, params.authServerId);
      findClient(context, params.clientId);
      return wholeReply(call, []);
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: tokens,
    operation: "revokeRefreshTokensForAuthorizationServerAndClient",
    params: clientParams,
    handler: ({ params }, context) => {
      findServer(context, params.authServerId);
      findClient(context, params.clientId);
    },
  }),
  ...(["GET", "DELETE"] as const).map((method) =>
    route({
      ...(method === "GET" ? read : manage),
      method,
      path: `${tokens}/:tokenId`,
      operation:
        method === "GET"
          ? "getRefreshTokenForAuthorizationServerAndClient"
          : "revokeRefreshTokenForAuthorizationServerAndClient",
      params: tokenParams,
      handler: ({ params }, context) => {
        findServer(context, params.authServerId);
        findClient(context, params.clientId);
        throw notFound(params.tokenId, "OAuth2RefreshToken");
      },
    }),
  ),
];
