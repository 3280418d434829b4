import { createHash } from "node:crypto";
import { compare, urlSafe } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import type { CodeRecord, SignInRecord } from "./record.ts";

/** How long a code may be exchanged, in seconds (Okta docs, "Token lifetime"). */
const LIFETIME = 60;

/** The SHA-256 of a text, base64url: what is kept of a code, and of a verifier the challenge (RFC 7636). */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Makes a code for what somebody who has signed in lets a client have. */
export function issueCode({ data, seconds }: OktaContext, signIn: SignInRecord, userId: string): string {
  const { clientId, redirectUri, scopes, nonce, codeChallenge } = signIn;
  const code = urlSafe(43);
  const now = seconds();
  data.codes.deleteWhere(compare("exp", "<", now));
  data.codes.insert({
    hash: digest(code),
    clientId,
    redirectUri,
    scopes,
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    userId,
    authTime: now,
    exp: now + LIFETIME,
  });
  return code;
}

/** The code, which can be exchanged once whoever tries (RFC 6749, 4.1.2); nothing when there is none. */
export function takeCode(context: OktaContext, code: string): CodeRecord | undefined {
  const { codes } = context.data;
  return context.transaction(() => {
    const kept = codes.get(digest(code));
    if (kept !== undefined) codes.delete(kept.hash);
    return kept;
  });
}
