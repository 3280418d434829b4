import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import { z } from "zod";
import { compare, eq } from "@ai-api-access/emulator-core";
import { usesSecret } from "../apps/oauth-client.ts";
import type { AppRecord } from "../apps/record.ts";
import { activeSecrets } from "../apps/secrets.ts";
import type { OktaContext } from "../context.ts";
import { assertionKey } from "./client-keys.ts";
import { invalidClient, invalidRequest } from "./errors.ts";
import type { Parameters } from "./parameters.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Okta docs, "JWT with private key" and "JWT with shared key": how an assertion may be signed. */
const ALGORITHMS = {
  private_key_jwt: ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"],
  client_secret_jwt: ["HS256", "HS384", "HS512"],
} as const;

/** Okta docs: the longest life of an assertion, in seconds. */
const LONGEST = 3600;

/** Okta docs: the shortest secret, in characters, with which an assertion can be signed. */
const SHORTEST_SECRET = 32;

/** The library does not look at the type of this claim. */
const jtiSchema = z.string().optional();

interface Assertion {
  readonly jwt: string;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
  readonly alg: string;
}

/**
 * The client that signed the assertion of a request (Okta docs, "Token claims for client authentication"). Checks
 * issuer, algorithm, signature, audience, times and single use; throws the vendor's text for the first that fails.
 */
export async function assertedClient(
  context: OktaContext,
  request: { readonly parameters: Parameters; readonly endpoint: string },
): Promise<AppRecord> {
  const { client_assertion: jwt, client_assertion_type: type, client_id } = request.parameters;
  if (type !== JWT_BEARER) throw invalidRequest("The client_assertion_type is invalid.");
  if (jwt === undefined) throw invalidClient("No client credentials found.");
  const assertion = parse(jwt);
  const client = clientOf(context, assertion);
  if (client_id !== undefined && client_id !== assertion.claims.iss) {
    throw invalidClient("Invalid value for 'client_id' parameter.");
  }
  await requireSignature(context, client, assertion);
  requireTimes(context, request.endpoint, assertion.claims);
  context.transaction(() => {
    markUsed(context, assertion.claims);
  });
  return client;
}

function parse(jwt: string): Assertion {
  try {
    const header = decodeProtectedHeader(jwt);
    const claims = decodeJwt(jwt);
    jtiSchema.parse(claims.jti);
    return { jwt, header, claims, alg: String(header.alg) };
  } catch {
    throw invalidClient("The parsing of the client_assertion failed.");
  }
}

function clientOf({ data }: OktaContext, { claims: { iss, sub }, alg }: Assertion): AppRecord {
  const client = typeof iss === "string" ? data.apps.first(eq("clientId", iss)) : undefined;
  if (client === undefined) {
    throw invalidClient("The issuer claim for client_assertion is not a valid client_id.");
  }
  if (sub !== iss) throw invalidClient("The subject claim for client_assertion is not a valid client_id.");
  const method = client.oauthCredentials.token_endpoint_auth_method;
  if (client.status !== "ACTIVE" || (method !== "private_key_jwt" && method !== "client_secret_jwt")) {
    throw invalidClient();
  }
  const allowed: readonly string[] = ALGORITHMS[method];
  if (!allowed.includes(alg)) {
    throw invalidClient("The client_assertion JWT signature algorithm is invalid.");
  }
  return client;
}

async function requireSignature(
  context: OktaContext,
  client: AppRecord,
  { jwt, header, alg }: Assertion,
): Promise<void> {
  const keys = usesSecret(client.oauthCredentials.token_endpoint_auth_method)
    ? sharedKeys(context, client)
    : [await assertionKey(client, header, alg)];
  for (const key of keys) {
    try {
      await compactVerify(jwt, key, { algorithms: [alg] });
      return;
    } catch {
      // A client may have two secrets.
    }
  }
  throw invalidClient("The client_assertion signature is invalid.");
}

function sharedKeys(context: OktaContext, client: AppRecord): Uint8Array[] {
  const secrets = activeSecrets(context, client.id);
  if (secrets.some(({ client_secret }) => client_secret.length < SHORTEST_SECRET)) {
    throw invalidClient("The client secret is too short to verify a JWT HMAC.");
  }
  return secrets.map(({ client_secret }) => new TextEncoder().encode(client_secret));
}

function requireTimes({ seconds }: OktaContext, endpoint: string, { aud, exp, iat }: JWTPayload): void {
  const audiences = typeof aud === "string" ? [aud] : (aud ?? []);
  // The org answers to both names of this machine; a client names the one that it was given.
  const names = [endpoint, endpoint.replace("//localhost:", "//127.0.0.1:")];
  if (!names.some((name) => audiences.includes(name))) {
    throw invalidClient(
      "The audience claim for client_assertion must be the endpoint invoked for the request.",
    );
  }
  if (typeof exp !== "number") {
    throw invalidClient("The client_assertion must contain the 'exp' claim as seconds since epoch.");
  }
  const now = seconds();
  if (exp <= now) throw invalidClient("The client_assertion token is expired.");
  if (exp > now + LONGEST) {
    throw invalidClient("The client_assertion token has an expiration too far into the future.");
  }
  if (iat !== undefined && !(iat <= now)) {
    throw invalidClient("The client_assertion token must be issued before the current time.");
  }
}

/** Okta docs: an assertion with a `jti` can be used once. */
function markUsed({ data, seconds }: OktaContext, { iss = "", jti, exp = 0 }: JWTPayload): void {
  if (jti === undefined) return;
  const { usedAssertions } = data;
  usedAssertions.deleteWhere(compare("exp", "<=", seconds()));
  const use = { clientId: iss, jti, exp };
  if (usedAssertions.has(usedAssertions.spec.key(use))) {
    throw invalidClient("The client_assertion token has already been used.");
  }
  usedAssertions.insert(use);
}
