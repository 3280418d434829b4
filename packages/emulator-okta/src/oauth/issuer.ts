import type { Call, Route } from "@ai-api-access/emulator-core";
import { findServer, issuerOf, serverParams } from "../authorization-servers/find.ts";
import type { ServerRecord } from "../authorization-servers/record.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";

/** Who issues tokens: an authorization server, or the org itself (Okta docs: "org authorization server"). */
export interface Issuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What its endpoints (`/v1/token` and others) stand below. */
  readonly endpoints: string;
  /** The `aud` of its access tokens. */
  readonly audience: string;
  /** Whose signing keys it uses: the id of the authorization server, or of the org. */
  readonly keyOwner: string;
  /** Absent for the org itself. */
  readonly server?: ServerRecord;
}

/** The org itself: it issues tokens for Okta's own API. */
export function orgIssuer({ org }: OktaContext, origin: string): Issuer {
  return { issuer: origin, endpoints: `${origin}/oauth2`, audience: origin, keyOwner: org().id };
}

function serverIssuer(context: OktaContext, origin: string, id: string): Issuer {
  const server = findServer(context, id);
  const issuer = issuerOf(origin, server);
  return { issuer, endpoints: issuer, audience: server.audiences[0] ?? "", keyOwner: server.id, server };
}

/** A request to an OAuth endpoint of an issuer. */
export interface IssuerRequest {
  readonly context: OktaContext;
  readonly issuer: Issuer;
  readonly call: Call;
  /** As it came. */
  readonly body: unknown;
}

/** The routes of an OAuth endpoint: of the org, and of its authorization servers. */
export function endpointRoutes(
  name: string,
  answer: (request: IssuerRequest) => Promise<unknown>,
): Route<OktaContext>[] {
  return [
    route({
      method: "POST",
      path: `/oauth2/v1/${name}`,
      operation: name,
      access: "public",
      success: 200,
      asyncHandler: async ({ body, call }, context) =>
        answer({ context, issuer: orgIssuer(context, call.origin), call, body }),
    }),
    route({
      method: "POST",
      path: `/oauth2/:authServerId/v1/${name}`,
      operation: `${name}CustomAS`,
      access: "public",
      success: 200,
      params: serverParams,
      asyncHandler: async ({ params, body, call }, context) =>
        answer({ context, issuer: serverIssuer(context, call.origin, params.authServerId), call, body }),
    }),
  ];
}
