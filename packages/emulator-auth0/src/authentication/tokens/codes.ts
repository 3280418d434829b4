import { compare, hex, urlSafe, sameText } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { OAuthError } from "../../errors.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { AuthorizationCodeRecord } from "../record.ts";
import { digest } from "../secrets.ts";
import { revokeFamily } from "./refresh-tokens.ts";

/** How long a code may be exchanged, in milliseconds. RFC 6749, 4.1.2: ten minutes at most. */
const LIFETIME = 10 * 60_000;

/** Makes an authorization code for what a person let an application have. */
export function issueCode(
  { data, clock }: Auth0Context,
  authorized: Omit<AuthorizationCodeRecord, "hash" | "used_for" | "expires_at">,
): string {
  const now = clock();
  data.authorizationCodes.deleteWhere(compare("expires_at", "<", now));
  const code = urlSafe(48);
  data.authorizationCodes.insert({ ...authorized, hash: digest(code), expires_at: now + LIFETIME });
  return code;
}

/** What has to fit the code that is exchanged. */
interface Exchange {
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
}

/**
 * Exchanges a code, once: a try of its own application that does not fit uses it up too, and a second one ends
 * what the first was given (RFC 6749, 4.1.2). Call it outside a transaction, so that this is kept though the
 * request is refused.
 *
 * @returns the code, and the family of the refresh tokens that come of it
 */
export function exchangeCode(
  context: Auth0Context,
  client: ClientRecord,
  { code, redirectUri, verifier }: Exchange,
): { readonly authorized: AuthorizationCodeRecord; readonly family: string } {
  const { authorizationCodes } = context.data;
  const family = hex(24);
  const authorized = context.transaction(() => {
    const stored = authorizationCodes.get(digest(code));
    if (stored?.client_id !== client.client_id || stored.expires_at < context.clock()) return undefined;
    if (stored.used_for === undefined) return authorizationCodes.put({ ...stored, used_for: family });
    revokeFamily(context, stored.used_for);
    return undefined;
  });
  if (authorized === undefined) throw new OAuthError(403, "invalid_grant", "Invalid authorization code");
  requireRedirectUri(authorized, redirectUri);
  requireVerifier(authorized, verifier);
  return { authorized, family };
}

/** RFC 6749, 4.1.3: what the authorization request named has to be named again. */
function requireRedirectUri({ redirect_uri: expected }: AuthorizationCodeRecord, sent?: string): void {
  if (sent === expected) return;
  const text = `The redirect URI is wrong. You sent ${sent ?? "null"}, and we expected ${expected ?? "null"}`;
  throw new OAuthError(403, "unauthorized_client", text);
}

/** RFC 7636, 4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/;

/** RFC 7636, 4.6. A verifier for a code that was asked for without a challenge does not do either. */
function requireVerifier({ code_challenge: challenge }: AuthorizationCodeRecord, verifier?: string): void {
  if (challenge === undefined && verifier === undefined) return;
  const isVerifier = verifier !== undefined && VERIFIER.test(verifier);
  if (challenge === undefined || !isVerifier || !sameText(digest(verifier), challenge)) {
    throw new OAuthError(403, "invalid_grant", "Failed to verify code verifier");
  }
}
