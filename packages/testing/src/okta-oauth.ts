/** OAuth clients of a local Okta org, for the tests of its tokens. */
import { generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";
import { createRemoteJWKSet, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyResult } from "jose";
import { z } from "zod";
import { authorizationServer, policy, rule, serviceApp, type Answer, type TestOrg } from "./okta-tenant.ts";

/** An application as a client sees itself. */
export interface Client {
  readonly id: string;
  /** Empty for one that signs its requests. */
  readonly secret: string;
}

/** What a client has to sign with. */
export interface Signer {
  readonly key: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly alg: string;
}

/** A new key pair. Elliptic curve by default: such keys are made at once. */
export function newSigner(kid: string, kty: "EC" | "RSA" = "EC"): Signer {
  const { privateKey, publicKey } =
    kty === "EC"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid };
  return { key: privateKey, jwk, alg: kty === "EC" ? "ES256" : "RS256" };
}

const created = z.object({
  id: z.string(),
  credentials: z.object({
    oauthClient: z.object({ client_id: z.string(), client_secret: z.string().default("") }),
  }),
});

/** Creates a service application; see {@link serviceApp} for the changes. */
export async function addClient(
  org: TestOrg,
  changes: Parameters<typeof serviceApp>[0] = {},
): Promise<Client> {
  const { body } = await org.send("POST", "/api/v1/apps", { body: serviceApp(changes) });
  const { client_id: id, client_secret: secret } = created.parse(body).credentials.oauthClient;
  return { id, secret };
}

/** Creates a service application that signs its requests with one of the keys. */
export async function addSigningClient(org: TestOrg, ...signers: readonly Signer[]): Promise<Client> {
  return addClient(org, {
    credentials: { token_endpoint_auth_method: "private_key_jwt" },
    oauthClient: { jwks: { keys: signers.map(({ jwk }) => jwk) } },
  });
}

/** Creates an authorization server with the scopes `ai:read` and `ai:write`; gives its id. */
export async function addServer(
  org: TestOrg,
  audiences: readonly string[] = authorizationServer.audiences,
): Promise<string> {
  const id = await org.create("/api/v1/authorizationServers", { ...authorizationServer, audiences });
  for (const name of ["ai:read", "ai:write"]) {
    await org.create(`/api/v1/authorizationServers/${id}/scopes`, { name });
  }
  return id;
}

/** Adds a policy with one rule; gives the path of the policy. */
export async function allow(
  org: TestOrg,
  server: string,
  policyChanges: Readonly<Record<string, unknown>> = {},
  ruleChanges: Readonly<Record<string, unknown>> = {},
  conditions: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const path = `/api/v1/authorizationServers/${server}/policies`;
  const own = `${path}/${await org.create(path, policy({ priority: undefined, ...policyChanges }))}`;
  await org.create(`${own}/rules`, rule({ priority: undefined, ...ruleChanges }, conditions));
  return own;
}

/** The path of an endpoint of an authorization server, or of the org itself. */
export function endpoint(server: string | undefined, name: string): string {
  return server === undefined ? `/oauth2/v1/${name}` : `/oauth2/${server}/v1/${name}`;
}

/** Sends a form without the org's own token. */
export function post(
  org: TestOrg,
  path: string,
  form: Readonly<Record<string, string>>,
  authorization: string | null = null,
): Promise<Answer> {
  return org.send("POST", path, { form, authorization });
}

/** The form of a client with a secret that asks for a token. */
export function withSecret(client: Client, scope?: string): Record<string, string> {
  return {
    grant_type: "client_credentials",
    client_id: client.id,
    client_secret: client.secret,
    ...(scope === undefined ? {} : { scope }),
  };
}

/** The claims of a good assertion, with changes; `undefined` takes a claim out. */
export function assertionClaims(
  client: Client,
  audience: string,
  changes: Readonly<Record<string, unknown>> = {},
): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: client.id,
    sub: client.id,
    aud: audience,
    iat: now,
    exp: now + 300,
    jti: randomUUID(),
    ...changes,
  };
}

/** Signs an assertion; `header` changes its header. */
export function sign(
  signer: Signer,
  claims: JWTPayload,
  header: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const parts = { alg: signer.alg, kid: z.string().parse(signer.jwk.kid), ...header };
  return new SignJWT(claims).setProtectedHeader({ ...parts, alg: parts.alg }).sign(signer.key);
}

/** The form of a client that signs. */
export function withAssertion(
  jwt: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: jwt,
    ...more,
  };
}

/** A refusal as one line: `401 invalid_client: No client credentials found.` */
export function refusalOf({ status, body }: Answer): string {
  const { error, error_description } = refusal.parse(body);
  return `${String(status)} ${error}: ${error_description}`;
}

const refusal = z.object({ error: z.string(), error_description: z.string() });

const tokenAnswer = z.strictObject({
  token_type: z.enum(["Bearer", "DPoP"]),
  expires_in: z.number(),
  access_token: z.string(),
  scope: z.string(),
});

/** The token in an answer; throws with the answer when there is none. */
export function tokenOf(answer: Answer): z.output<typeof tokenAnswer> {
  const parsed = tokenAnswer.safeParse(answer.body);
  if (!parsed.success) throw new Error(`${String(answer.status)} ${JSON.stringify(answer.body)}`);
  return parsed.data;
}

/** Verifies a token of an authorization server as its receiver does: by the published keys. */
export function verified(org: TestOrg, server: string, token: string): Promise<JWTVerifyResult> {
  const issuer = `${org.tenant.origin}/oauth2/${server}`;
  return jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/v1/keys`)), { issuer });
}
