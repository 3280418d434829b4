import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { redirect } from "../authorize/answer.ts";
import { endSession } from "../login/sessions.ts";
import { parametersSchema } from "../parameters.ts";
import { checkLogoutUrl, logoutUrls } from "./return-urls.ts";

/** Auth0's own way out: the session ends, and the browser goes on to `returnTo` where that is allowed. */
export const logoutRoutes = [
  route({
    method: "GET",
    path: "/v2/logout",
    operation: "logout",
    access: "public",
    success: 302,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const { client_id: clientId, returnTo } = query;
      const allowed = logoutUrls(context.db, clientId);
      if (returnTo !== undefined) checkLogoutUrl(allowed, "returnTo", returnTo);
      const location = returnTo ?? (clientId === undefined ? undefined : allowed[0]);
      const cookie = endSession(context, call);
      return location === undefined
        ? new Reply(200, "OK", { "content-type": "text/plain; charset=utf-8" }, [cookie])
        : redirect(location, [cookie]);
    },
  }),
];
