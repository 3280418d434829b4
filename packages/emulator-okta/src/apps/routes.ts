import { z } from "zod";
import { and, eq, like, or } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { activateQuery } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { deleteForbidden } from "../errors.ts";
import { filterWhere } from "../filter.ts";
import type { SearchQuery } from "../filter.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { findAccessPolicy } from "../org/policies.ts";
import { listReply, paged, pageOf } from "../paging.ts";
import { appBody, withBody } from "./body.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { renderApp } from "./render.ts";
import { appText } from "./text.ts";
import { putSecret } from "./secrets.ts";
import { validateApp } from "./validate.ts";

/** The fields that `filter` can use (Okta docs, "List all applications") and this stand-in serves. */
const FIELDS = { status: "status", name: "name", id: "key" } as const;

type AppColumn = "clientId" | "name" | "label" | "status" | "key";

/** The condition of a list: `q` is the beginning of name or label, `filter` an expression. */
function appsWhere({ q, filter }: SearchQuery): Where<AppColumn> {
  return and<AppColumn>(
    ...(q === undefined ? [] : [or<AppColumn>(like("name", `${q}*`), like("label", `${q}*`))]),
    ...filterWhere(FIELDS, filter),
  );
}

function removeApp({ data }: OktaContext, id: string): void {
  for (const parts of [
    data.clientSecrets,
    data.clientRoles,
    data.groupAssignments,
    data.appUsers,
    data.grants,
  ]) {
    parts.deleteWhere(eq("appId", id));
  }
  data.apps.delete(id);
}

const one = "/api/v1/apps/:appId";
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200 } as const;

/** Applications (Okta docs, "Applications API"). Creating one answers 200, not 201. */
export const appRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/apps",
    operation: "createApplication",
    query: activateQuery,
    body: appBody,
    handler: ({ query, body, call }, context) => {
      validateApp(context, body);
      const now = context.now();
      const org = context.org();
      const kept = {
        id: newId("app"),
        status: query.activate === "false" ? "INACTIVE" : "ACTIVE",
        created: now,
        lastUpdated: now,
        idToken: { issuerMode: body.settings.oauthClient.issuer_mode },
        accessPolicyId: org.defaultAccessPolicyId,
      } as const;
      const app = context.data.apps.insert(withBody(kept, body));
      const secret = putSecret(context, app, body.credentials.oauthClient.client_secret);
      return renderApp(call.origin, org, app, secret);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/apps",
    operation: "listApplications",
    query: z.object({ q: z.string().optional(), filter: z.string().optional(), ...paged(200) }),
    handler: ({ query, call }, { data, org }) => {
      const own = org();
      const { shown, next } = pageOf(data.apps, appsWhere(query), query);
      const texts = shown.map((app) => appText(call.origin, own, app));
      return listReply(call, `[${texts.join(",")}]`, query.limit, next);
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
      validateApp(context, body, before);
      const app = context.data.apps.put(withBody({ ...before, lastUpdated: context.now() }, body, before));
      const secret = putSecret(context, app, body.credentials.oauthClient.client_secret);
      return renderApp(call.origin, context.org(), app, secret);
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "Application",
    params: appParams,
    set: (status, { params }, context) => {
      const app = findOwnApp(context, params.appId);
      const ended = status === "INACTIVE" ? { tokensEndedAt: context.seconds() } : {};
      context.data.apps.put({ ...app, status, ...ended, lastUpdated: context.now() });
      return {};
    },
  }),
  /**
   * Which authentication policy guards an application (Okta docs, "Application policies"). Okta has been seen to
   * refuse this for service applications in some orgs; the official provider sends it for them in every update,
   * so it is accepted here.
   */
  route({
    ...manage,
    method: "PUT",
    path: `${one}/policies/:policyId`,
    operation: "assignApplicationPolicy",
    success: 204,
    params: appParams.extend({ policyId: z.string() }),
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      const { id: accessPolicyId } = findAccessPolicy(context, params.policyId);
      // Seen in Okta's answers: the policy that it has already is no change.
      if (accessPolicyId === app.accessPolicyId) return;
      context.data.apps.put({ ...app, accessPolicyId, lastUpdated: context.now() });
    },
  }),
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
      removeApp(context, app.id);
    },
  }),
];
