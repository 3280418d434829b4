import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { deleteForbidden } from "../errors.ts";
import { newId } from "../ids.ts";
import { paged, pageReply } from "../paging.ts";
import { appBody, recordOf, requireSound } from "./body.ts";
import { appsWhere } from "./filter.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { renderApp } from "./render.ts";
import { settleSecret } from "./secrets.ts";

function remove({ data }: OktaContext, id: string): void {
  data.clientSecrets.deleteWhere(eq("appId", id));
  data.groupAssignments.deleteWhere(eq("appId", id));
  data.grants.deleteWhere(eq("appId", id));
  data.clientRoles.deleteWhere(eq("appId", id));
  data.apps.delete(id);
}

const one = "/api/v1/apps/:appId";
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200 } as const;

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}Application`,
    params: appParams,
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      const change =
        turn === "activate"
          ? ({ status: "ACTIVE" } as const)
          : ({ status: "INACTIVE", tokensEndedAt: context.seconds() } as const);
      context.data.apps.put({ ...app, ...change, lastUpdated: context.now() });
      return {};
    },
  }),
);

/** Applications (Okta docs, "Applications API"). Creating one answers 200, not 201. */
export const appRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/apps",
    operation: "createApplication",
    query: z.object({ activate: z.enum(["true", "false"]).optional() }),
    body: appBody,
    handler: ({ query, body, call }, context) => {
      requireSound(context, body);
      const now = context.now();
      const org = context.org();
      const app = recordOf(body, {
        id: newId("app"),
        status: query.activate === "false" ? "INACTIVE" : "ACTIVE",
        created: now,
        lastUpdated: now,
        idToken: { issuerMode: body.settings.oauthClient.issuer_mode },
        accessPolicyId: org.defaultAccessPolicyId,
      });
      context.data.apps.insert(app);
      return renderApp(
        call.origin,
        org,
        app,
        settleSecret(context, app, body.credentials.oauthClient.client_secret),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/apps",
    operation: "listApplications",
    query: z.object({ q: z.string().optional(), filter: z.string().optional(), ...paged(200) }),
    handler: ({ query, call }, context) => {
      const org = context.org();
      return pageReply(context.data.apps, appsWhere(query), query, call, (app) =>
        renderApp(call.origin, org, app),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getApplication",
    params: appParams,
    handler: ({ params, call }, context) =>
      renderApp(call.origin, context.org(), findApp(context, params.appId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceApplication",
    params: appParams,
    body: appBody,
    handler: ({ params, body, call }, context) => {
      const before = findOwnApp(context, params.appId);
      requireSound(context, body, before);
      const app = recordOf(body, { ...before, lastUpdated: context.now() }, before);
      context.data.apps.put(app);
      const secret = settleSecret(context, app, body.credentials.oauthClient.client_secret);
      return renderApp(call.origin, context.org(), app, secret);
    },
  }),
  ...lifecycleRoutes,
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteApplication",
    success: 204,
    params: appParams,
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      if (app.status === "ACTIVE") throw deleteForbidden();
      remove(context, app.id);
    },
  }),
];
