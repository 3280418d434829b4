import { z } from "zod";
import type { CollectionSpec } from "@ai-api-access/emulator-core/collection.ts";

/** A client assertion that was accepted: its `jti` is good once. */
export const usedAssertionRecord = z.object({
  clientId: z.string(),
  jti: z.string(),
  /** When the assertion expires, in seconds since 1970: from then on nobody has to remember it. */
  exp: z.number(),
});

/** A client assertion that was accepted. */
export type UsedAssertionRecord = z.output<typeof usedAssertionRecord>;

/** The key of an assertion: a client's `jti` says nothing about another client's. */
export function assertionKey({ clientId, jti }: Pick<UsedAssertionRecord, "clientId" | "jti">): string {
  return JSON.stringify([clientId, jti]);
}

/** The client assertions that may not come again. */
export const usedAssertions: CollectionSpec<UsedAssertionRecord, "exp"> = {
  name: "used_assertions",
  schema: usedAssertionRecord,
  key: assertionKey,
  columns: { exp: { of: (assertion) => assertion.exp } },
};

/** An access token that was revoked before its end. */
export const revokedTokenRecord = z.object({
  jti: z.string(),
  /** When the token would have expired, in seconds since 1970. */
  exp: z.number(),
});

/** An access token that was revoked before its end. */
export type RevokedTokenRecord = z.output<typeof revokedTokenRecord>;

/** The access tokens that were revoked before their end. */
export const revokedTokens: CollectionSpec<RevokedTokenRecord, "exp"> = {
  name: "revoked_tokens",
  schema: revokedTokenRecord,
  key: (token) => token.jti,
  columns: { exp: { of: (token) => token.exp } },
};
