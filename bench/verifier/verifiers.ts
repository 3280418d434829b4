/** The verifiers that are compared, each set up for one issuer as its documentation says. */
import { once } from "node:events";
import { createVerifier } from "@ai-api-access/verifier";
import OktaJwtVerifier from "@okta/jwt-verifier";
import express, { type Request, type Response } from "express";
import { auth, claimEquals } from "express-oauth2-jwt-bearer";
import { z } from "zod";

export const verifierSchema = z.enum(["ours", "express-oauth2-jwt-bearer", "@okta/jwt-verifier"]);
export type VerifierName = z.infer<typeof verifierSchema>;

export const trustSchema = z.object({
  vendor: z.enum(["auth0", "okta"]),
  issuer: z.string(),
  keysUrl: z.string(),
  audience: z.string(),
  organizationId: z.string(),
  clientId: z.string(),
});
/** Whom to trust: one issuer, and what its tokens have to say. */
export type Trust = z.infer<typeof trustSchema>;

/** Resolves when the token is good, rejects when it is not. */
export type Verify = (token: string) => Promise<unknown>;

const OURS = ({ issuer, audience, organizationId, clientId, vendor }: Trust): Verify => {
  // The other issuer is never asked.
  const nobody = "https://nobody.example.com/";
  return createVerifier({
    auth0: { issuer: vendor === "auth0" ? issuer : nobody, audience, organizationId },
    okta: { issuer: vendor === "okta" ? issuer : nobody, audience, clientId },
  });
};

/** Its middleware, on a request that Express has made once: what Express itself costs is not counted. */
const EXPRESS = async (trust: Trust): Promise<Verify> => {
  const { vendor, issuer, keysUrl, audience, organizationId, clientId } = trust;
  const verify = auth({ issuer, jwksUri: keysUrl, audience, tokenSigningAlg: "RS256" });
  const check = vendor === "auth0" ? claimEquals("org_id", organizationId) : claimEquals("cid", clientId);
  const [request, response] = await madeByExpress();
  return (token) =>
    new Promise<void>((resolve, reject) => {
      request.headers.authorization = `Bearer ${token}`;
      verify(request, response, (refused?: unknown) => {
        if (refused !== undefined) reject(asError(refused));
        else {
          check(request, response, (other?: unknown) => {
            if (other === undefined) resolve();
            else reject(asError(other));
          });
        }
      });
    });
};

const OKTA = ({ vendor, issuer, keysUrl, audience, organizationId, clientId }: Trust): Verify => {
  const verifier = new OktaJwtVerifier({
    issuer,
    jwksUri: keysUrl,
    assertClaims: vendor === "auth0" ? { org_id: organizationId } : { cid: clientId },
    testing: { disableHttpsCheck: true },
  });
  return (token) => verifier.verifyAccessToken(token, audience);
};

export const MAKE: Readonly<Record<VerifierName, (trust: Trust) => Verify | Promise<Verify>>> = {
  ours: OURS,
  "express-oauth2-jwt-bearer": EXPRESS,
  "@okta/jwt-verifier": OKTA,
};

async function madeByExpress(): Promise<[Request, Response]> {
  const app = express();
  const made = new Promise<[Request, Response]>((resolve) => {
    app.get("/", (request, response) => {
      resolve([request, response]);
    });
  });
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Express got no port.");
  // Never answered: it ends when the server is closed.
  fetch(`http://127.0.0.1:${String(address.port)}/`).catch(() => undefined);
  const pair = await made;
  server.closeAllConnections();
  server.close();
  return pair;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
