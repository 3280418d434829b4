import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";

const usedAssertionRecord = z.object({
  clientId: z.string(),
  jti: z.string(),
  /** When the assertion expires, in seconds since 1970: then it can be forgotten. */
  exp: z.number(),
});

/** A client assertion that was accepted: its `jti` can be used once. */
type UsedAssertionRecord = z.output<typeof usedAssertionRecord>;

/** The client assertions that may not come again. */
export const usedAssertions: CollectionSpec<UsedAssertionRecord, "exp"> = {
  name: "used_assertions",
  schema: usedAssertionRecord,
  // Two clients may use the same `jti`.
  key: ({ clientId, jti }) => compositeKey(clientId, jti),
  columns: { exp: { of: (assertion) => assertion.exp } },
};

const usedProofRecord = z.object({
  /** Thumbprint of the key that signed it. */
  jkt: z.string(),
  jti: z.string(),
  /** Until when it would be good, in seconds since 1970: then it can be forgotten. */
  exp: z.number(),
});

/** A proof of possession (DPoP) that was accepted: its `jti` can be used once. */
type UsedProofRecord = z.output<typeof usedProofRecord>;

/** The proofs of possession that may not come again. */
export const usedProofs: CollectionSpec<UsedProofRecord, "exp"> = {
  name: "used_proofs",
  schema: usedProofRecord,
  key: ({ jkt, jti }) => compositeKey(jkt, jti),
  columns: { exp: { of: (proof) => proof.exp } },
};

const revokedTokenRecord = z.object({
  jti: z.string(),
  /** When the token would have expired, in seconds since 1970. */
  exp: z.number(),
});

/** An access token that was revoked before its end. */
type RevokedTokenRecord = z.output<typeof revokedTokenRecord>;

/** The access tokens that were revoked before their end. */
export const revokedTokens: CollectionSpec<RevokedTokenRecord, "exp"> = {
  name: "revoked_tokens",
  schema: revokedTokenRecord,
  key: (token) => token.jti,
  columns: { exp: { of: (token) => token.exp } },
};
