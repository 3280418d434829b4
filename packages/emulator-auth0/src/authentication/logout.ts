import { decodeJwt, jwtVerify } from "jose";
import { z } from "zod";
import { Reply, sameText } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { findSettings } from "../management/tenant-settings.ts";
import { logoutPage } from "../pages/pages.ts";
import { PageError, redirect } from "./authorize/answer.ts";
import { isAllowedUrl, unknownClient } from "./authorize/target.ts";
import { clientSettings } from "./client-settings.ts";
import { currentSession, endSession } from "./login/sessions.ts";
import { parametersSchema } from "./parameters.ts";
import type { Parameters } from "./parameters.ts";
import { formCode } from "./secrets.ts";
import { verificationKey } from "./signing-keys.ts";

const tenantSchema = z.object({ allowed_logout_urls: z.array(z.string()).catch([]) });

/** The URLs that people may be sent to after logout: an application's own, or without one the tenant's. */
function logoutUrls(context: Auth0Context, clientId: string | undefined): readonly string[] {
  if (clientId === undefined) return tenantSchema.parse(findSettings(context)).allowed_logout_urls;
  const client = context.data.clients.get(clientId);
  if (client === undefined) throw unknownClient(clientId);
  return clientSettings(client).allowed_logout_urls;
}

/** Throws where a URL is none of those allowed; its query and hash do not count (Auth0 docs: redirect after logout). */
function requireLogoutUrl(allowed: readonly string[], parameter: string, url: string): void {
  const [bare = url] = url.split(/[?#]/);
  if (isAllowedUrl(allowed, url) || isAllowedUrl(allowed, bare)) return;
  throw new PageError(
    400,
    `The "${parameter}" querystring parameter "${url}" is not defined as a valid URL in "Allowed Logout URLs".`,
    "Add it to the allowed logout URLs of the application that the request names, or of the tenant where it names none.",
  );
}

/** Ends the session at this browser, which goes on to a URL, or stays with a word where there is none. */
function leave(context: Auth0Context, call: Call, location: string | undefined): Reply {
  const cookies = [endSession(context, call)];
  return location === undefined
    ? new Reply(200, "OK", { "content-type": "text/plain; charset=utf-8" }, cookies)
    : redirect(location, cookies);
}

function invalidHint(message: string): PageError {
  return new PageError(400, message, "Go back to the application, or close this window.");
}

/**
 * Whose logout a request asks for: `id_token_hint`, `logout_hint` and `client_id` must not contradict each other
 * (Auth0 docs: OIDC logout).
 */
async function readHints(context: Auth0Context, origin: string, parameters: Parameters) {
  const { id_token_hint: token, logout_hint: hint, client_id: clientId } = parameters;
  if (token === undefined) return { clientId, sessionId: hint };
  const { aud, sid } = await readIdToken(context, origin, token);
  if (clientId !== undefined && clientId !== aud) {
    throw invalidHint("The client_id does not match the aud claim of the id_token_hint.");
  }
  if (hint !== undefined && hint !== sid) {
    throw invalidHint("The logout_hint does not match the sid claim of the id_token_hint.");
  }
  return { clientId: aud, sessionId: sid };
}

/** An ID token that has expired still says who it was for. */
async function readIdToken(context: Auth0Context, origin: string, token: string) {
  try {
    const { aud } = decodeJwt(token);
    const clientId = typeof aud === "string" ? aud : "";
    const secret = context.data.clients.get(clientId)?.client_secret;
    const own = verificationKey(context);
    const { payload } = await jwtVerify(
      token,
      (header) => (header.alg === "HS256" ? Buffer.from(secret ?? "") : own(header)),
      {
        algorithms: ["RS256", "RS512", "PS256", ...(secret === undefined ? [] : ["HS256"])],
        issuer: `${origin}/`,
        audience: clientId,
        currentDate: new Date(0),
      },
    );
    return { aud: clientId, sid: typeof payload.sid === "string" ? payload.sid : undefined };
  } catch {
    throw invalidHint("The id_token_hint is not an ID token of this tenant.");
  }
}

/**
 * OpenID Connect RP-Initiated Logout. A request that does not know whose session it ends is confirmed by the
 * person first.
 */
async function oidcLogout(context: Auth0Context, call: Call, parameters: Parameters): Promise<Reply> {
  const { post_logout_redirect_uri: uri, state, confirm = "", client_id: named } = parameters;
  const { clientId, sessionId } = await readHints(context, call.origin, parameters);
  return context.transaction(() => {
    const allowed = logoutUrls(context, clientId);
    if (uri !== undefined) {
      const tenantToo = named === undefined ? logoutUrls(context, undefined) : [];
      requireLogoutUrl([...allowed, ...tenantToo], "post_logout_redirect_uri", uri);
    }
    const session = currentSession(context, call);
    if (session !== undefined && sessionId !== session.id) {
      // What the page that asks has to send along, so that no other site can sign people out.
      const expected = formCode(context, `logout.${session.id}`);
      if (!sameText(confirm, expected)) return logoutPage(context, { parameters, confirm: expected });
    }
    if (uri !== undefined) return leave(context, call, withState(uri, state));
    return leave(context, call, named === undefined ? undefined : allowed[0]);
  });
}

function withState(location: string, state: string | undefined): string {
  if (state === undefined) return location;
  return `${location}${location.includes("?") ? "&" : "?"}state=${encodeURIComponent(state)}`;
}

/** The ways out: Auth0's own, which goes on to `returnTo` where that is allowed, and that of OpenID Connect. */
export const logoutRoutes = [
  route({
    method: "GET",
    path: "/v2/logout",
    operation: "logout",
    access: "public",
    success: 302,
    query: parametersSchema,
    handler: ({ query: { client_id: clientId, returnTo }, call }, context) => {
      const allowed = logoutUrls(context, clientId);
      if (returnTo !== undefined) requireLogoutUrl(allowed, "returnTo", returnTo);
      return leave(context, call, returnTo ?? (clientId === undefined ? undefined : allowed[0]));
    },
  }),
  route({
    method: "GET",
    path: "/oidc/logout",
    operation: "oidc_logout",
    access: "public",
    success: 302,
    query: parametersSchema,
    asyncHandler: ({ query, call }, context) => oidcLogout(context, call, query),
  }),
  route({
    method: "POST",
    path: "/oidc/logout",
    operation: "oidc_logout_post",
    access: "public",
    success: 302,
    body: parametersSchema,
    asyncHandler: ({ body, call }, context) => oidcLogout(context, call, body),
  }),
];
