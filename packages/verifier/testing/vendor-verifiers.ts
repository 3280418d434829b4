/** The vendors' own verifiers, set up for the same issuers. Each says whether it lets a token in. */
import { once } from "node:events";
import OktaJwtVerifier from "@okta/jwt-verifier";
import express, { type ErrorRequestHandler } from "express";
import { auth, claimEquals } from "express-oauth2-jwt-bearer";
import type { LocalConfig } from "./index.ts";

export interface VendorVerifiers {
  /** Where an Express app behind `express-oauth2-jwt-bearer` answers. */
  readonly auth0Url: string;
  /** The status of its answer, to a plain token or to a bound one with its proof. */
  auth0(token: string, proof?: string): Promise<number>;
  /** What `@okta/jwt-verifier` says against the token; `undefined` when it lets it in. */
  okta(token: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function vendorVerifiers({ auth0, okta }: LocalConfig): Promise<VendorVerifiers> {
  const app = express();
  app.use(
    auth({
      issuer: auth0.issuer,
      jwksUri: `${auth0.issuer}.well-known/jwks.json`,
      audience: auth0.audience,
      tokenSigningAlg: "RS256",
    }),
    claimEquals("org_id", auth0.organizationId),
  );
  app.get("/", (_request, response) => {
    response.sendStatus(200);
  });
  const answerError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    response.sendStatus(error instanceof Error && "status" in error ? Number(error.status) : 500);
  };
  app.use(answerError);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Express got no port.");
  const url = `http://127.0.0.1:${address.port}/`;

  const verifier = new OktaJwtVerifier({
    issuer: okta.issuer,
    assertClaims: { cid: okta.clientId },
    testing: { disableHttpsCheck: true },
  });
  return {
    auth0Url: url,
    async auth0(token, proof) {
      const headers =
        proof === undefined
          ? { authorization: `Bearer ${token}` }
          : { authorization: `DPoP ${token}`, dpop: proof };
      const answer = await fetch(url, { headers });
      await answer.text();
      return answer.status;
    },
    async okta(token) {
      try {
        await verifier.verifyAccessToken(token, okta.audience);
        return undefined;
      } catch (error) {
        return String(error);
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
