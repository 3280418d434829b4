/** The way into the Management API that the auth0 provider would take. */
import { createPrivateKey, randomUUID } from "node:crypto";
import { SignJWT, decodeJwt } from "jose";
import type { ConfigSource } from "@ai-api-access/local/program.ts";
import { readSettings, type Settings } from "@ai-api-access/roster/auth0/settings.ts";
import { ask, refusal, textAt, TenantError } from "./http.ts";

/** A token, and what it allows; `undefined` when the token does not say. */
export interface Grant {
  readonly token: string;
  readonly scopes: readonly string[] | undefined;
}

/**
 * The provider's settings, from the stack's configuration and the environment.
 *
 * @throws TenantError saying what to set
 */
export function auth0Settings({ values, environment }: ConfigSource): Settings {
  const own = Object.entries(values).flatMap(([key, value]) =>
    key.startsWith("auth0:") ? [[key.slice("auth0:".length), value] as const] : [],
  );
  try {
    return readSettings(Object.fromEntries(own), environment);
  } catch (error) {
    throw new TenantError(error instanceof Error ? error.message : String(error));
  }
}

export function auth0Origin({ domain }: Settings): string {
  return `https://${domain}`;
}

/**
 * A token for the Management API: the configured one, or one asked for.
 *
 * @throws TenantError when the tenant gives none
 */
export async function auth0Grant(settings: Settings): Promise<Grant> {
  const { credentials } = settings;
  if (credentials.kind === "token") return { token: credentials.token, scopes: scopesIn(credentials.token) };
  const origin = auth0Origin(settings);
  const answer = await ask(`${origin}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "client_credentials",
      audience: settings.audience ?? `${origin}/api/v2/`,
      client_id: credentials.clientId,
      ...(credentials.kind === "secret"
        ? { client_secret: credentials.clientSecret }
        : {
            client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion: await signedAssertion({
              ...credentials,
              audience: `${origin}/`,
            }),
          }),
    }),
  });
  const token = textAt(answer.body, "access_token");
  if (answer.status !== 200 || token === undefined) throw refusal(`POST ${origin}/oauth/token`, answer);
  return { token, scopes: textAt(answer.body, "scope")?.split(" ") ?? scopesIn(token) };
}

/** What a token says of itself, without any proof that it is true. */
function scopesIn(token: string): readonly string[] | undefined {
  try {
    const { scope } = decodeJwt(token);
    return typeof scope === "string" ? scope.split(" ") : undefined;
  } catch {
    return undefined;
  }
}

interface Assertion {
  readonly clientId: string;
  /** PEM, PKCS 1 or PKCS 8. */
  readonly key: string;
  readonly keyId?: string | undefined;
  readonly algorithm: string;
  readonly audience: string;
}

/** What an application with a key says in place of a secret (RFC 7523), good for a minute. */
export async function signedAssertion(assertion: Assertion): Promise<string> {
  const { clientId, key, keyId, algorithm, audience } = assertion;
  try {
    return await new SignJWT()
      .setProtectedHeader({ alg: algorithm, ...(keyId !== undefined && { kid: keyId }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime("1m")
      .setJti(randomUUID())
      .sign(createPrivateKey(key));
  } catch {
    throw new TenantError(
      `The private key of application ${clientId} cannot sign with ${algorithm}: it has to be a PEM file's whole content.`,
    );
  }
}
