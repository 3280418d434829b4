import type { OktaContext } from "../context.ts";
import { findServer, issuerOf } from "../authorization-servers/find.ts";
import type { ServerRecord } from "../authorization-servers/record.ts";

/** Who issues tokens: an authorization server of the org's making, or the org itself (Okta docs: "org server"). */
export interface Issuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What `/v1/token` and its like stand below. */
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

/** The authorization server with this id. Throws 404. */
export function serverIssuer(context: OktaContext, origin: string, id: string): Issuer {
  const server = findServer(context, id);
  const issuer = issuerOf(origin, server);
  return { issuer, endpoints: issuer, audience: server.audiences[0] ?? "", keyOwner: server.id, server };
}
