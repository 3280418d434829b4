import { z } from "zod";
import { compare, eq, Reply, urlSafe } from "@ai-api-access/emulator-core";
import type { AppRecord } from "../apps/record.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { mayUse, peopleToTry, personWith } from "./access.ts";
import { issueCode } from "./codes.ts";
import { PageError, signInPage } from "./pages.ts";
import type { SignInRecord } from "./record.ts";

/** How long a person may take to sign in, in seconds. */
const LIFETIME = 3600;

/** The scopes about a person that are served; others of OpenID Connect are let be. */
const SCOPES = ["openid", "profile", "email"];

type Query = Readonly<Record<string, string | undefined>>;

const querySchema = z.record(z.string(), z.string().min(1).optional().catch(undefined));

/** A refusal that goes back to the application (RFC 6749, 4.1.2.1). */
class Refused extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

function clientOf({ data, registered }: OktaContext, { client_id: id, redirect_uri: uri }: Query): AppRecord {
  const app = id === undefined ? undefined : data.apps.first(eq("clientId", id));
  if (app?.status !== "ACTIVE") {
    throw new PageError(
      400,
      "Invalid value for 'client_id' parameter.",
      "No active application has this id.",
    );
  }
  if (uri === undefined || !app.oauthClient.redirect_uris.includes(registered(uri))) {
    throw new PageError(
      400,
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
      `The application "${app.label}" sent ${uri ?? "none"}. If that is its own, add it to its redirect URIs.`,
    );
  }
  return app;
}

function read(context: OktaContext, app: AppRecord, query: Query): Omit<SignInRecord, "id"> {
  const { oauthClient, oauthCredentials } = app;
  const { response_type: type, code_challenge: codeChallenge, nonce, state } = query;
  const scopes = (query.scope ?? "").split(" ").filter((scope) => scope !== "");
  if (type !== "code") {
    throw new Refused(
      "unsupported_response_type",
      "The response type is not supported by the authorization server.",
    );
  }
  if (!oauthClient.grant_types.includes("authorization_code")) {
    throw new Refused("unauthorized_client", "The client is not authorized to use the provided grant type.");
  }
  if (!scopes.includes("openid")) {
    throw new Refused("invalid_scope", "The authorization request must include the 'openid' scope.");
  }
  const isPublic = oauthCredentials.token_endpoint_auth_method === "none";
  if (codeChallenge === undefined && (oauthCredentials.pkce_required || isPublic)) {
    throw new Refused("invalid_request", "PKCE code challenge is required.");
  }
  if (codeChallenge !== undefined && query.code_challenge_method !== "S256") {
    throw new Refused("invalid_request", "The PKCE code challenge method must be 'S256'.");
  }
  if (query.prompt === "none") {
    throw new Refused("login_required", "The client specified not to prompt, but the user is not logged in.");
  }
  return {
    clientId: oauthCredentials.client_id,
    redirectUri: query.redirect_uri ?? "",
    scopes: scopes.filter((scope) => SCOPES.includes(scope)),
    exp: context.seconds() + LIFETIME,
    ...(nonce === undefined ? {} : { nonce }),
    ...(state === undefined ? {} : { state }),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
  };
}

function back(uri: string, parameters: Query): Reply {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return new Reply(302, undefined, { location: url.href, "cache-control": "no-store" });
}

function page(context: OktaContext, signIn: SignInRecord, login = "", error?: string): Reply {
  const app = context.data.apps.first(eq("clientId", signIn.clientId));
  return signInPage(error === undefined ? 200 : 401, {
    application: app?.label ?? "",
    company: context.org().companyName,
    request: signIn.id,
    login,
    error,
    people: peopleToTry(context),
  });
}

function begin(context: OktaContext, query: Query): Reply {
  const app = clientOf(context, query);
  const { signIns } = context.data;
  try {
    signIns.deleteWhere(compare("exp", "<", context.seconds()));
    const signIn = signIns.insert({ id: urlSafe(32), ...read(context, app, query) });
    return page(context, signIn, query.login_hint);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { state } = query;
    return back(query.redirect_uri ?? "", { state, error: error.error, error_description: error.message });
  }
}

function submit(context: OktaContext, form: Query): Reply {
  const { data, seconds, now } = context;
  const signIn = data.signIns.get(form.request ?? "");
  const app = signIn && data.apps.first(eq("clientId", signIn.clientId));
  if (signIn === undefined || signIn.exp < seconds() || app?.status !== "ACTIVE") {
    throw new PageError(400, "This page has expired.", "Go back to the application and start again.");
  }
  const login = (form.username ?? "").trim();
  const user = personWith(context, { login, password: form.password ?? "" });
  if (user === undefined) return page(context, signIn, login, "Unable to sign in");
  const { state } = signIn;
  data.signIns.delete(signIn.id);
  if (!mayUse(context, app, user)) {
    const description = "User is not assigned to the client application.";
    return back(signIn.redirectUri, { state, error: "access_denied", error_description: description });
  }
  data.users.put({ ...user, lastLogin: now() });
  return back(signIn.redirectUri, { code: issueCode(context, signIn, user.id), state });
}

const open = { access: "public" } as const;

/** How people sign in to applications at the org (Okta docs, "OpenID Connect & OAuth 2.0 API", "authorize"). */
export const signInRoutes = [
  route({
    ...open,
    method: "GET",
    path: "/oauth2/v1/authorize",
    operation: "authorize",
    success: 200,
    query: querySchema,
    handler: ({ query }, context) => begin(context, query),
  }),
  route({
    ...open,
    method: "POST",
    path: "/login/sign-in",
    operation: "signIn",
    success: 302,
    body: querySchema,
    handler: ({ body }, context) => submit(context, body),
  }),
];
