import { Reply } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { logoutPage } from "../../pages/pages.ts";
import { redirect } from "../authorize/answer.ts";
import type { Session } from "../collections.ts";
import { currentSession, endSession } from "../login/sessions.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { authenticationCode, sameText, tenantSecret } from "../secrets.ts";
import { logoutHints } from "./hints.ts";
import { checkLogoutUrl, logoutUrls } from "./return-urls.ts";

/** What the page that asks has to send along, so that no other site can sign people out. */
function confirmation({ db }: Auth0Context, session: Session): string {
  return authenticationCode(tenantSecret(db, "forms"), `logout.${session.id}`);
}

/**
 * OpenID Connect RP-Initiated Logout. A request that does not know whose session it ends is confirmed by the
 * person first.
 */
async function logout(context: Auth0Context, call: Call, parameters: Parameters): Promise<Reply> {
  const { post_logout_redirect_uri: uri, state, confirm } = parameters;
  const { clientId, sessionId } = await logoutHints(context, call.origin, parameters);
  return context.store.transaction(() => {
    const allowed = logoutUrls(context.db, clientId);
    if (uri !== undefined) {
      const tenantToo = parameters.client_id === undefined ? logoutUrls(context.db, undefined) : [];
      checkLogoutUrl([...allowed, ...tenantToo], "post_logout_redirect_uri", uri);
    }
    const session = currentSession(context, call);
    if (session !== undefined && sessionId !== session.id) {
      const expected = confirmation(context, session);
      if (!sameText(confirm ?? "", expected)) {
        return logoutPage({ db: context.db, parameters, confirm: expected });
      }
    }
    const location = uri ?? (parameters.client_id === undefined ? undefined : allowed[0]);
    const cookie = endSession(context, call);
    return location === undefined
      ? new Reply(200, "OK", { "content-type": "text/plain; charset=utf-8" }, [cookie])
      : redirect(withState(location, uri === undefined ? undefined : state), [cookie]);
  });
}

function withState(location: string, state: string | undefined): string {
  if (state === undefined) return location;
  return `${location}${location.includes("?") ? "&" : "?"}state=${encodeURIComponent(state)}`;
}

export const oidcLogoutRoutes = [
  route({
    method: "GET",
    path: "/oidc/logout",
    operation: "oidc_logout",
    access: "public",
    success: 302,
    query: parametersSchema,
    asyncHandler: async ({ query, call }, context) => logout(context, call, query),
  }),
  route({
    method: "POST",
    path: "/oidc/logout",
    operation: "oidc_logout_post",
    access: "public",
    success: 302,
    body: parametersSchema,
    asyncHandler: async ({ body, call }, context) => logout(context, call, body),
  }),
];
