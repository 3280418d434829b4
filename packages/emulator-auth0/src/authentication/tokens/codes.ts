import { createHash } from "node:crypto";
import { compare, hex, urlSafe } from "@ai-api-access/emulator-core";
import type { Client } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { OAuthError } from "../../errors.ts";
import type { AuthorizationCode } from "../collections.ts";
import { digest, sameText } from "../secrets.ts";
import { revokeFamily } from "./refresh-tokens.ts";

/** How long a code may be exchanged, in milliseconds. RFC 6749, 4.1.2: ten minutes at most. */
const LIFETIME = 10 * 60_000;

/** What a code is made for. */
export type CodeFacts = Omit<AuthorizationCode, "hash" | "used_for" | "expires_at">;

/** Makes an authorization code. */
export function issueCode({ db, clock }: Auth0Context, facts: CodeFacts): string {
  const now = clock();
  db.codes.deleteWhere(compare("expires_at", "<", now));
  const code = urlSafe(48);
  db.codes.insert({ ...facts, hash: digest(code), expires_at: now + LIFETIME });
  return code;
}

/** What has to fit the code that is exchanged. */
export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/** A code that was exchanged, and the family of the refresh tokens that come of it. */
export interface ExchangedCode {
  readonly facts: AuthorizationCode;
  readonly family: string;
}

/**
 * Exchanges a code, once: a try of its own application that does not fit uses it up too, and a second one ends
 * what the first was given (RFC 6749, 4.1.2). Call it outside a transaction, so that this is kept though the
 * request is refused.
 */
export function exchangeCode(context: Auth0Context, client: Client, exchange: CodeExchange): ExchangedCode {
  const { store, db, clock } = context;
  const family = hex(24);
  const facts = store.transaction(() => {
    const stored = db.codes.get(digest(exchange.code));
    if (stored?.client_id !== client.client_id || stored.expires_at < clock()) return undefined;
    if (stored.used_for !== undefined) {
      revokeFamily(db, stored.used_for);
      return undefined;
    }
    return db.codes.put({ ...stored, used_for: family });
  });
  if (facts === undefined) throw new OAuthError(403, "invalid_grant", "Invalid authorization code");
  checkRedirectUri(facts, exchange.redirectUri);
  checkVerifier(facts, exchange.verifier);
  return { facts, family };
}

/** RFC 6749, 4.1.3: what the authorization request named has to be named again. */
function checkRedirectUri({ redirect_uri: expected }: AuthorizationCode, sent: string | undefined): void {
  if (sent === expected) return;
  throw new OAuthError(
    403,
    "unauthorized_client",
    `The redirect URI is wrong. You sent ${sent ?? "null"}, and we expected ${expected ?? "null"}`,
  );
}

/** RFC 7636, 4.6. A verifier for a code that was asked for without a challenge does not do either. */
function checkVerifier({ code_challenge: challenge }: AuthorizationCode, verifier: string | undefined): void {
  if (challenge === undefined && verifier === undefined) return;
  const hashed = createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url");
  if (challenge === undefined || verifier === undefined || !sameText(hashed, challenge)) {
    throw new OAuthError(403, "invalid_grant", "Failed to verify code verifier");
  }
}
