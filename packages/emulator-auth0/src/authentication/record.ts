import { z } from "zod";
import { collection, columns } from "../collections.ts";

/** Milliseconds since 1970, as all times here. */
const expires = { expires_at: z.number() };

const transactionRecord = z.object({
  id: z.string(),
  /** The browser that it began in; no other may go on with it. */
  browser_id: z.string(),
  client_id: z.string(),
  redirect_uri: z.string(),
  /** Whether the request named the redirect URI; the token request then has to name it as well. */
  redirect_uri_given: z.boolean(),
  response_mode: z.enum(["query", "fragment", "form_post"]),
  state: z.string().optional(),
  nonce: z.string().optional(),
  scope: z.array(z.string()),
  audience: z.string().optional(),
  code_challenge: z.string().optional(),
  organization_id: z.string().optional(),
  /** Somebody who may do without an organization chose to. */
  personal: z.boolean(),
  /** The invitation that the request brought. */
  invitation_id: z.string().optional(),
  /** Name of the connection that the request asked for. */
  connection: z.string().optional(),
  /** Name of the one that the person chose on the login page, where somebody else signs people in. */
  chosen: z.string().optional(),
  login_hint: z.string().optional(),
  screen: z.enum(["login", "signup"]),
  /** `max_age`: a session that is older does not do. */
  session_since: z.number().optional(),
  /** `prompt=login`: the session that was there before does not do. */
  stale_session_id: z.string().optional(),
  /** `prompt=consent`: what the person let the application have before does not do. */
  ask_again: z.boolean().optional(),
  /** The person has to say yet that the answer may go to a callback that nobody can verify. */
  to_confirm: z.boolean().optional(),
  /** The person, and not the application, is told what goes wrong. */
  keeps_errors: z.boolean().optional(),
  /** The issuer, where answers name it (RFC 9207). */
  iss: z.string().optional(),
  /** The request set a `max_age`, so the ID token says when the person signed in. */
  with_auth_time: z.boolean(),
  ...expires,
});

/** An authorization request on its way from `/authorize` through the login pages back to the application. */
export type TransactionRecord = z.output<typeof transactionRecord>;

/** All requests on their way. */
export const transactions = collection({
  name: "transactions",
  schema: transactionRecord,
  key: ({ id }) => id,
  columns: columns("expires_at"),
});

const sessionRecord = z.object({
  id: z.string(),
  user_id: z.string(),
  /** Name of the connection that the person signed in with. */
  connection: z.string(),
  authenticated_at: z.number(),
  last_used_at: z.number(),
  ...expires,
});

/** Somebody who is signed in, in one browser. */
export type SessionRecord = z.output<typeof sessionRecord>;

/** All sessions. */
export const sessions = collection({
  name: "sessions",
  schema: sessionRecord,
  key: ({ id }) => id,
  columns: columns("expires_at", "user_id"),
});

/** What a person let an application have. */
const authorization = {
  client_id: z.string(),
  user_id: z.string(),
  /** As asked for; what of it is granted is decided for every token. */
  scope: z.array(z.string()),
  /** The API's identifier as it is stored; absent when none was asked for. */
  audience: z.string().optional(),
  organization_id: z.string().optional(),
};

const authorizationCodeRecord = z.object({
  /** SHA-256 of the code. */
  hash: z.string(),
  ...authorization,
  /** Absent when the authorization request left it out. */
  redirect_uri: z.string().optional(),
  code_challenge: z.string().optional(),
  nonce: z.string().optional(),
  session_id: z.string(),
  /** Seconds since 1970. */
  auth_time: z.number().optional(),
  /** Set when it was exchanged: the family of refresh tokens that came of it. */
  used_for: z.string().optional(),
  ...expires,
});

/** An authorization code. */
export type AuthorizationCodeRecord = z.output<typeof authorizationCodeRecord>;

/** All authorization codes. */
export const authorizationCodes = collection({
  name: "authorization_codes",
  schema: authorizationCodeRecord,
  key: ({ hash }) => hash,
  columns: columns("expires_at", "client_id", "user_id"),
});

const refreshTokenRecord = z.object({
  /** SHA-256 of the token. */
  hash: z.string(),
  /** All tokens that came from one sign-in. */
  family: z.string(),
  ...authorization,
  rotating: z.boolean(),
  /** Thumbprint of the key that has to be proved with it (DPoP). */
  jkt: z.string().optional(),
  /** When the family began: rotation does not make it live longer. */
  began_at: z.number(),
  issued_at: z.number(),
  last_used_at: z.number(),
  /** When it was exchanged for the next of its family. */
  superseded_at: z.number().optional(),
  ...expires,
});

/** A refresh token. */
export type RefreshTokenRecord = z.output<typeof refreshTokenRecord>;

/** All refresh tokens. */
export const refreshTokens = collection({
  name: "refresh_tokens",
  schema: refreshTokenRecord,
  key: ({ hash }) => hash,
  columns: columns("expires_at", "family", "client_id", "user_id"),
});

const userGrantRecord = z.object({
  id: z.string(),
  client_id: z.string(),
  user_id: z.string(),
  /** The API's identifier as it is stored; empty for none. */
  audience: z.string(),
  /** Empty for none: who lets an application do something in one organization has not let it in another. */
  organization_id: z.string(),
  scope: z.array(z.string()),
});

/** What people let third parties' applications have, until they are asked again. */
export const userGrants = collection({
  name: "user_grants",
  schema: userGrantRecord,
  key: ({ id }) => id,
  columns: columns("client_id", "user_id", "audience", "organization_id"),
});

/** The proofs of possession (DPoP) that may not come again, each by the digest of its key and `jti`. */
export const usedProofs = collection({
  name: "used_proofs",
  schema: z.object({ id: z.string(), ...expires }),
  key: ({ id }) => id,
  columns: columns("expires_at"),
});

/** Authorization requests that applications sent themselves, and that wait for their person (RFC 9126). */
export const pushedRequests = collection({
  name: "pushed_requests",
  schema: z.object({
    /** SHA-256 of the `request_uri`. */
    hash: z.string(),
    client_id: z.string(),
    parameters: z.record(z.string(), z.string()),
    ...expires,
  }),
  key: ({ hash }) => hash,
  columns: columns("expires_at"),
});

/** Wrong passwords, by connection and login. */
export const loginFailures = collection({
  name: "login_failures",
  schema: z.object({ key: z.string(), count: z.number(), ...expires }),
  key: ({ key }) => key,
  columns: columns("expires_at"),
});

/** The tenant's own random keys, by purpose. */
export const secrets = collection({
  name: "secrets",
  schema: z.object({ name: z.string(), value: z.string() }),
  key: ({ name }) => name,
});
