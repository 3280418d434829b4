/** Access tokens of machines that act for an organization, by client credentials. */
import { randomUUID, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";

export interface Machine {
  readonly clientId: string;
  /** A secret, or the private key of `private_key_jwt`. */
  readonly proof: string | KeyObject;
}

/** What is asked for. */
export interface Wanted {
  readonly issuer: string;
  readonly audience: string;
  /** `org_…` */
  readonly organization: string;
}

const answerSchema = z.object({ access_token: z.string().default(""), error: z.string().optional() });

/** The token, or the error of the answer. This process has to trust the tenant's certificate. */
export async function machineToken(
  { clientId, proof }: Machine,
  { issuer, audience, organization }: Wanted,
): Promise<{ readonly token: string; readonly error: string | undefined }> {
  const answer = await fetch(new URL("oauth/token", issuer), {
    method: "POST",
    body: new URLSearchParams({
      ...{ grant_type: "client_credentials", client_id: clientId, audience, organization },
      ...(typeof proof === "string" ? { client_secret: proof } : await assertion(clientId, proof, issuer)),
    }),
  });
  const { access_token: token, error } = answerSchema.parse(await answer.json());
  return { token, error };
}

async function assertion(clientId: string, key: KeyObject, issuer: string) {
  const jwt = new SignJWT()
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("1m");
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await jwt.sign(key),
  };
}
