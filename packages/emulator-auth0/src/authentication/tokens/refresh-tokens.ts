import { compare, eq, urlSafe } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { compact } from "../../objects.ts";
import { clientSettings } from "../client-settings.ts";
import type { RefreshTokenRecord } from "../record.ts";
import { digest } from "../secrets.ts";

/** What a refresh token stands for. */
export type Authorized = Pick<
  RefreshTokenRecord,
  "client_id" | "user_id" | "scope" | "audience" | "organization_id"
>;

const NEVER = Number.MAX_SAFE_INTEGER;

/** Whether an application's refresh tokens are exchanged at each use; only for those that conform to OIDC. */
function rotates(client: ClientRecord): boolean {
  const settings = clientSettings(client);
  return settings.oidc_conformant && settings.refresh_token.rotation_type === "rotating";
}

/** A token ends when it is too old, or was not used for too long (Auth0 docs: refresh token expiration). */
function expiry(client: ClientRecord, beganAt: number, usedAt: number): number {
  const settings = clientSettings(client).refresh_token;
  const absolute = settings.infinite_token_lifetime === true ? undefined : settings.token_lifetime;
  const idle = settings.infinite_idle_token_lifetime === true ? undefined : settings.idle_token_lifetime;
  return Math.min(
    absolute === undefined ? NEVER : beganAt + absolute * 1000,
    idle === undefined ? NEVER : usedAt + idle * 1000,
  );
}

/** Makes a refresh token: the first of the family, or the next of it. */
export function issueRefreshToken(
  { data, clock }: Auth0Context,
  client: ClientRecord,
  { client_id, user_id, scope, audience, organization_id }: Authorized,
  family: { readonly id: string; readonly beganAt: number; readonly jkt: string | undefined },
): string {
  const now = clock();
  data.refreshTokens.deleteWhere(compare("expires_at", "<", now));
  const token = urlSafe(43);
  data.refreshTokens.insert({
    hash: digest(token),
    family: family.id,
    client_id,
    user_id,
    scope,
    ...compact({ audience, organization_id, jkt: family.jkt }),
    rotating: rotates(client),
    began_at: family.beganAt,
    issued_at: now,
    last_used_at: now,
    expires_at: expiry(client, family.beganAt, now),
  });
  return token;
}

/**
 * Redeems a refresh token: what it stands for, and the token that takes its place where it may not be used again.
 * `undefined` when it is unknown, another application's, another key's, expired or used before. A rotating token that comes a second
 * time, after the leeway, ends its whole family: somebody stole it (Auth0 docs: refresh token rotation). Call it
 * outside a transaction, so that this is kept though the request is refused.
 */
export function redeemRefreshToken(
  context: Auth0Context,
  client: ClientRecord,
  { token, key }: { readonly token: string; readonly key: string | undefined },
): { readonly authorized: Authorized; readonly next: string | undefined } | undefined {
  return context.transaction(() => {
    const stored = context.data.refreshTokens.get(digest(token));
    if (stored?.client_id !== client.client_id || stored.expires_at < context.clock()) return undefined;
    if (stored.jkt !== undefined && stored.jkt !== key) return undefined;
    if (stored.superseded_at !== undefined && !isWithinLeeway(context, client, stored)) {
      revokeFamily(context, stored.family);
      return undefined;
    }
    return { authorized: stored, next: successor(context, client, stored) };
  });
}

function isWithinLeeway(
  { data, clock }: Auth0Context,
  client: ClientRecord,
  { family, superseded_at: supersededAt = 0 }: RefreshTokenRecord,
): boolean {
  const { leeway } = clientSettings(client).refresh_token;
  // Only the last one but one may come again.
  const isPrevious = data.refreshTokens
    .find(eq("family", family))
    .every((other) => (other.superseded_at ?? 0) <= supersededAt);
  return isPrevious && clock() < supersededAt + leeway * 1000;
}

function successor(
  context: Auth0Context,
  client: ClientRecord,
  stored: RefreshTokenRecord,
): string | undefined {
  const { refreshTokens } = context.data;
  const now = context.clock();
  const family = { id: stored.family, beganAt: stored.began_at, jkt: stored.jkt };
  if (!rotates(client) && !stored.rotating) {
    refreshTokens.put({ ...stored, last_used_at: now, expires_at: expiry(client, stored.began_at, now) });
    return undefined;
  }
  if (rotates(client) && stored.rotating) {
    refreshTokens.put({ ...stored, last_used_at: now, superseded_at: stored.superseded_at ?? now });
    return issueRefreshToken(context, client, stored, family);
  }
  // The application went over to rotation, or from it: what there was of the other kind ends.
  if (stored.rotating) revokeFamily(context, stored.family);
  else revokeUnrotated(context, stored);
  return issueRefreshToken(context, client, stored, { ...family, beganAt: now });
}

function revokeUnrotated({ data }: Auth0Context, { client_id, user_id, audience }: Authorized): void {
  for (const other of data.refreshTokens.find(eq("user_id", user_id))) {
    if (other.client_id === client_id && other.audience === audience && !other.rotating) {
      data.refreshTokens.delete(other.hash);
    }
  }
}

/** Ends all refresh tokens that came from one sign-in. */
export function revokeFamily({ data }: Auth0Context, family: string): void {
  data.refreshTokens.deleteWhere(eq("family", family));
}
