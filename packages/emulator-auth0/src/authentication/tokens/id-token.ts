import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { UserRecord } from "../../management/users/record.ts";
import { compact } from "../../objects.ts";
import { clientSettings } from "../client-settings.ts";
import { organizationClaims } from "../organizations.ts";
import { CLAIMS_OF_SCOPE } from "./scopes.ts";
import { sign } from "./sign.ts";

/** What an ID token says besides who somebody is. */
interface IdToken {
  readonly client: ClientRecord;
  readonly user: UserRecord;
  readonly scope: readonly string[];
  readonly organization: OrganizationRecord | undefined;
  readonly sessionId?: string | undefined;
  readonly nonce?: string | undefined;
  /** Seconds since 1970; only where the request asked for it by `max_age`. */
  readonly authTime?: number | undefined;
}

/**
 * Signs an ID token as the application asks for it. With HS256, the Management API's default for applications
 * made through it, the key is the application's secret.
 */
export function signIdToken(context: Auth0Context, origin: string, token: IdToken): Promise<string> {
  const { client, user, scope, organization, sessionId, nonce, authTime } = token;
  const { alg, lifetime_in_seconds: lifetime } = clientSettings(client).jwt_configuration;
  const now = context.seconds();
  const claims = {
    ...claimsOf(user, scope),
    iss: `${origin}/`,
    aud: client.client_id,
    sub: user.user_id,
    iat: now,
    exp: now + lifetime,
    auth_time: authTime,
    sid: sessionId,
    nonce,
    ...organizationClaims(context, organization),
  };
  return sign(context, compact(claims), { alg, secret: client.client_secret });
}

/** What the scopes let an application know of a person; what the person does not have is left out. */
export function claimsOf(user: UserRecord, scope: readonly string[]): Record<string, unknown> {
  const names = scope.flatMap((name) => CLAIMS_OF_SCOPE[name] ?? []);
  return compact(Object.fromEntries(names.map((name) => [name, user[name]])));
}
