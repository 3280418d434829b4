import { SignJWT } from "jose";
import { epochSeconds } from "@ai-api-access/emulator-core";
import type { Client, Organization } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { currentKey, keyPair } from "../../signing-keys.ts";
import type { User } from "../../users-collection.ts";
import { clientSettings } from "../client-settings.ts";
import { organizationClaims } from "./access-token.ts";
import { CLAIMS_OF_SCOPE } from "./scopes.ts";

/** What an ID token says besides who somebody is. */
export interface IdToken {
  readonly client: Client;
  readonly user: User;
  readonly scope: readonly string[];
  readonly organization: Organization | undefined;
  readonly sessionId?: string | undefined;
  readonly nonce?: string | undefined;
  /** Seconds since 1970; only where the request asked for it by `max_age`. */
  readonly authTime?: number | undefined;
}

/**
 * Signs an ID token as the application asks for it. With HS256, the Management API's default for applications
 * made through it, the key is the application's secret; one without a secret gets RS256.
 */
export async function signIdToken(
  { db, clock }: Auth0Context,
  origin: string,
  token: IdToken,
): Promise<string> {
  const { client, user, scope, organization, sessionId, nonce, authTime } = token;
  const { alg, lifetime_in_seconds: lifetime } = clientSettings(client).jwt_configuration;
  const now = epochSeconds(clock);
  const jwt = new SignJWT({
    ...claimsOf(user, scope),
    iss: `${origin}/`,
    aud: client.client_id,
    sub: user.user_id,
    iat: now,
    exp: now + lifetime,
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    ...(sessionId === undefined ? {} : { sid: sessionId }),
    ...(nonce === undefined ? {} : { nonce }),
    ...organizationClaims(db, organization),
  });
  if (alg === "HS256" && client.client_secret !== undefined) {
    return jwt.setProtectedHeader({ alg, typ: "JWT" }).sign(Buffer.from(client.client_secret));
  }
  const key = currentKey(db);
  const asymmetric = alg === "HS256" ? "RS256" : alg;
  return jwt.setProtectedHeader({ alg: asymmetric, typ: "JWT", kid: key.kid }).sign(keyPair(key).privateKey);
}

/** What the scopes let an application know of a person; what the person does not have is left out. */
export function claimsOf(user: User, scope: readonly string[]): Record<string, unknown> {
  const names = scope.flatMap((name) => CLAIMS_OF_SCOPE[name] ?? []);
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => (user[name] === undefined ? [] : [[name, user[name]]])),
  );
}
