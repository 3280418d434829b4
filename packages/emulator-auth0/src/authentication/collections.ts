import { z } from "zod";
import type { Store } from "@ai-api-access/emulator-core";

/** What a person let an application have: in a code, in a refresh token. */
const authorization = {
  client_id: z.string(),
  user_id: z.string(),
  /** As asked for; what of it is granted is decided anew for every token. */
  scope: z.array(z.string()),
  /** The API's identifier as it is stored; absent when none was asked for. */
  audience: z.string().optional(),
  organization_id: z.string().optional(),
};

/** Times are milliseconds since 1970. */
const expires = { expires_at: z.number() };

const transactionSchema = z.object({
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
  /** Name of the connection that the request asked for. */
  connection: z.string().optional(),
  login_hint: z.string().optional(),
  screen: z.enum(["login", "signup"]),
  /** `max_age`: a session that is older does not do. */
  session_since: z.number().optional(),
  /** `prompt=login`: the session that was there before does not do. */
  stale_session_id: z.string().optional(),
  /** The request set a `max_age`, so the ID token says when the person signed in. */
  with_auth_time: z.boolean(),
  ...expires,
});

/** An authorization request on its way from `/authorize` through the login pages back to the application. */
export type Transaction = z.infer<typeof transactionSchema>;

const sessionSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  /** Name of the connection that the person signed in with. */
  connection: z.string(),
  authenticated_at: z.number(),
  last_used_at: z.number(),
  ...expires,
});

/** Somebody who is signed in, in one browser. */
export type Session = z.infer<typeof sessionSchema>;

const codeSchema = z.object({
  /** SHA-256 of the code. */
  hash: z.string(),
  ...authorization,
  /** Absent when the authorization request left it out. */
  redirect_uri: z.string().optional(),
  code_challenge: z.string().optional(),
  nonce: z.string().optional(),
  session_id: z.string(),
  auth_time: z.number().optional(),
  /** Set when it was exchanged: the family of refresh tokens that came of it. */
  used_for: z.string().optional(),
  ...expires,
});

/** An authorization code, as stored. */
export type AuthorizationCode = z.infer<typeof codeSchema>;

const refreshTokenSchema = z.object({
  /** SHA-256 of the token. */
  hash: z.string(),
  /** All tokens that came from one sign-in. */
  family: z.string(),
  ...authorization,
  rotating: z.boolean(),
  /** When the family began: rotation does not make it live longer. */
  began_at: z.number(),
  issued_at: z.number(),
  last_used_at: z.number(),
  /** When it was exchanged for the next of its family. */
  superseded_at: z.number().optional(),
  ...expires,
});

/** A refresh token, as stored. */
export type RefreshToken = z.infer<typeof refreshTokenSchema>;

const loginFailuresSchema = z.object({
  /** Connection and what was given as user name or email. */
  key: z.string(),
  count: z.number(),
  ...expires,
});

const secretSchema = z.object({ name: z.string(), value: z.string() });

const expiryColumn = { expires_at: { of: (doc: { readonly expires_at: number }) => doc.expires_at } };

/** Opens the collections of what comes of signing in. */
export function openAuthentication(store: Store) {
  return {
    transactions: store.collection({
      name: "transactions",
      schema: transactionSchema,
      key: (doc) => doc.id,
      columns: expiryColumn,
    }),
    sessions: store.collection({
      name: "sessions",
      schema: sessionSchema,
      key: (doc) => doc.id,
      columns: { ...expiryColumn, user_id: { of: (doc) => doc.user_id } },
    }),
    codes: store.collection({
      name: "authorization_codes",
      schema: codeSchema,
      key: (doc) => doc.hash,
      columns: {
        ...expiryColumn,
        client_id: { of: (doc) => doc.client_id },
        user_id: { of: (doc) => doc.user_id },
      },
    }),
    refreshTokens: store.collection({
      name: "refresh_tokens",
      schema: refreshTokenSchema,
      key: (doc) => doc.hash,
      columns: {
        ...expiryColumn,
        family: { of: (doc) => doc.family },
        client_id: { of: (doc) => doc.client_id },
        user_id: { of: (doc) => doc.user_id },
      },
    }),
    loginFailures: store.collection({
      name: "login_failures",
      schema: loginFailuresSchema,
      key: (doc) => doc.key,
      columns: expiryColumn,
    }),
    secrets: store.collection({ name: "secrets", schema: secretSchema, key: (doc) => doc.name }),
  };
}
