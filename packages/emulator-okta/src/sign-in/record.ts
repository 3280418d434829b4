import { z } from "zod";
import type { CollectionSpec } from "@ai-api-access/emulator-core";

/** What a client asked for on a person's behalf. */
const authorization = {
  clientId: z.string(),
  redirectUri: z.string(),
  scopes: z.array(z.string()),
  nonce: z.string().optional(),
  codeChallenge: z.string().optional(),
  /** In seconds since 1970. */
  exp: z.number(),
};

const signInRecord = z.object({ id: z.string(), ...authorization, state: z.string().optional() });

/** An authorization request on its way from `/authorize` over the sign-in page. */
export type SignInRecord = z.output<typeof signInRecord>;

/** All requests on their way. */
export const signIns: CollectionSpec<SignInRecord, "exp"> = {
  name: "sign_ins",
  schema: signInRecord,
  key: ({ id }) => id,
  columns: { exp: { of: ({ exp }) => exp } },
};

const codeRecord = z.object({
  /** SHA-256 of the code. */
  hash: z.string(),
  ...authorization,
  userId: z.string(),
  /** In seconds since 1970. */
  authTime: z.number(),
});

/** An authorization code. */
export type CodeRecord = z.output<typeof codeRecord>;

/** All authorization codes that were not exchanged. */
export const codes: CollectionSpec<CodeRecord, "exp"> = {
  name: "authorization_codes",
  schema: codeRecord,
  key: ({ hash }) => hash,
  columns: { exp: { of: ({ exp }) => exp } },
};
