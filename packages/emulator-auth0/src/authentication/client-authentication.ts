import { decodeJwt, jwtVerify } from "jose";
import { eq, sameText } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import { OAuthError } from "../errors.ts";
import type { ClientRecord, CredentialRecord } from "../management/clients/record.ts";
import { publicKeyOf } from "../management/public-keys.ts";
import { clientNamed, publicId } from "./client-ids.ts";
import { isPublicClient } from "./client-settings.ts";
import type { Parameters } from "./parameters.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The vendor's one answer to any wrong credentials. */
export function unauthorized(): OAuthError {
  return new OAuthError(401, "access_denied", "Unauthorized");
}

/**
 * The client that a request comes from, by its secret (HTTP Basic or in the body) or by an assertion signed with
 * one of its credentials. One that keeps no secret only says who it is; what it may do with that, each grant
 * knows. Throws 401 when a client does not prove who it is.
 */
export async function authenticateClient(
  context: Auth0Context,
  call: Call,
  parameters: Parameters,
): Promise<ClientRecord> {
  const { client_assertion: assertion, client_assertion_type: type } = parameters;
  if (assertion !== undefined && type === JWT_BEARER) return byAssertion(context, call, assertion);
  const { id, secret } = basicCredentials(call) ?? {
    id: parameters.client_id,
    secret: parameters.client_secret,
  };
  const client = id === undefined ? undefined : clientNamed(context, id);
  if (client !== undefined && secret === undefined && isPublicClient(client)) return client;
  if (client?.client_secret === undefined || secret === undefined) throw unauthorized();
  if (!sameText(client.client_secret, secret)) throw unauthorized();
  return client;
}

function basicCredentials(call: Call): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(call.headers.authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
  return { id: formDecoded(id), secret: formDecoded(rest.join(":")) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

async function byAssertion(context: Auth0Context, call: Call, assertion: string): Promise<ClientRecord> {
  const { data, clock } = context;
  const client = clientNamed(context, issuerOf(assertion));
  if (client === undefined) throw unauthorized();
  for (const credential of data.credentials.find(eq("client_id", client.client_id))) {
    const key = keyOf(credential, clock());
    const { alg } = credential;
    if (key === undefined || alg === undefined) continue;
    try {
      await jwtVerify(assertion, key, {
        algorithms: [alg],
        issuer: publicId(client),
        subject: publicId(client),
        audience: [`${call.origin}/`, call.origin, `${call.origin}/oauth/token`],
        requiredClaims: ["exp"],
        currentDate: new Date(clock()),
      });
      return client;
    } catch {
      // Another credential of the client may fit.
    }
  }
  throw unauthorized();
}

function issuerOf(assertion: string): string {
  try {
    return decodeJwt(assertion).iss ?? "";
  } catch {
    throw unauthorized();
  }
}

function keyOf({ pem, expires_at: expiry }: CredentialRecord, now: number) {
  if (pem === undefined || (expiry !== undefined && Date.parse(expiry) < now)) return undefined;
  return publicKeyOf(pem);
}
