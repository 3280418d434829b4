import { compare, eq, urlSafe } from "@ai-api-access/emulator-core";
import type { Client, Collections } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { clientSettings } from "../client-settings.ts";
import type { RefreshToken } from "../collections.ts";
import { digest } from "../secrets.ts";

/** What a refresh token stands for. */
export type Grant = Pick<RefreshToken, "client_id" | "user_id" | "scope" | "audience" | "organization_id">;

const NEVER = Number.MAX_SAFE_INTEGER;

/** Whether an application's refresh tokens are exchanged at each use; only for those that conform to OIDC. */
function rotates(client: Client): boolean {
  const settings = clientSettings(client);
  return settings.oidc_conformant && settings.refresh_token.rotation_type === "rotating";
}

/** A token ends when it is too old, or was not used for too long (Auth0 docs: refresh token expiration). */
function expiry(client: Client, beganAt: number, usedAt: number): number {
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
  { db, clock }: Auth0Context,
  client: Client,
  grant: Grant,
  family: { readonly id: string; readonly beganAt: number },
): string {
  const now = clock();
  db.refreshTokens.deleteWhere(compare("expires_at", "<", now));
  const token = urlSafe(43);
  db.refreshTokens.insert({
    hash: digest(token),
    family: family.id,
    client_id: grant.client_id,
    user_id: grant.user_id,
    scope: grant.scope,
    ...(grant.audience === undefined ? {} : { audience: grant.audience }),
    ...(grant.organization_id === undefined ? {} : { organization_id: grant.organization_id }),
    rotating: rotates(client),
    began_at: family.beganAt,
    issued_at: now,
    last_used_at: now,
    expires_at: expiry(client, family.beganAt, now),
  });
  return token;
}

/** A redeemed token: what it stands for, and the token that takes its place where it may not be used again. */
export interface Redeemed {
  readonly grant: Grant;
  readonly next: string | undefined;
}

/**
 * Redeems a refresh token; `undefined` when it is unknown, another application's, expired or used before. A
 * rotating token that comes a second time, after the leeway, ends its whole family: somebody stole it (Auth0 docs:
 * refresh token rotation). Call it outside a transaction, so that this is kept though the request is refused.
 */
export function redeemRefreshToken(
  context: Auth0Context,
  client: Client,
  token: string,
): Redeemed | undefined {
  const { store, db, clock } = context;
  return store.transaction(() => {
    const stored = db.refreshTokens.get(digest(token));
    const now = clock();
    if (stored?.client_id !== client.client_id || stored.expires_at < now) return undefined;
    if (stored.superseded_at !== undefined && !isWithinLeeway(db, client, stored, now)) {
      revokeFamily(db, stored.family);
      return undefined;
    }
    return { grant: stored, next: successor(context, client, stored) };
  });
}

function isWithinLeeway(db: Collections, client: Client, stored: RefreshToken, now: number): boolean {
  const supersededAt = stored.superseded_at ?? now;
  const { leeway } = clientSettings(client).refresh_token;
  // Only the last one but one may come again.
  const isPrevious = db.refreshTokens
    .find(eq("family", stored.family))
    .every((other) => (other.superseded_at ?? 0) <= supersededAt);
  return isPrevious && now < supersededAt + leeway * 1000;
}

function successor(context: Auth0Context, client: Client, stored: RefreshToken): string | undefined {
  const { db, clock } = context;
  const now = clock();
  const family = { id: stored.family, beganAt: stored.began_at };
  if (!rotates(client) && !stored.rotating) {
    db.refreshTokens.put({ ...stored, last_used_at: now, expires_at: expiry(client, stored.began_at, now) });
    return undefined;
  }
  if (rotates(client) && stored.rotating) {
    db.refreshTokens.put({ ...stored, last_used_at: now, superseded_at: stored.superseded_at ?? now });
    return issueRefreshToken(context, client, stored, family);
  }
  // The application went over to rotation, or from it: what there was of the other kind ends.
  if (stored.rotating) revokeFamily(db, stored.family);
  else revokeUnrotated(db, stored);
  return issueRefreshToken(context, client, stored, { ...family, beganAt: now });
}

function revokeUnrotated(db: Collections, { client_id: clientId, user_id: userId, audience }: Grant): void {
  for (const other of db.refreshTokens.find(eq("user_id", userId))) {
    if (other.client_id === clientId && other.audience === audience && !other.rotating) {
      db.refreshTokens.delete(other.hash);
    }
  }
}

/** Ends all refresh tokens that came from one sign-in. */
export function revokeFamily(db: Collections, family: string): void {
  db.refreshTokens.deleteWhere(eq("family", family));
}
