import { z } from "zod";
import type { Call } from "@ai-api-access/emulator-core/routes.ts";
import { and, eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { isApiScope } from "../oauth/api-scopes.ts";
import { wholeReply } from "../paging.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import type { AppRecord, GrantRecord } from "./record.ts";

const grantBody = z.object({ issuer: z.string(), scopeId: z.string() });

function renderGrant({ origin }: Call, app: AppRecord, grant: GrantRecord) {
  const clientId = app.oauthCredentials.client_id;
  return {
    id: grant.id,
    status: "ACTIVE",
    created: grant.created,
    createdBy: { id: grant.createdBy, type: "User" },
    lastUpdated: grant.lastUpdated,
    issuer: origin,
    clientId,
    scopeId: grant.scopeId,
    source: "ADMIN",
    _embedded: { scope: { id: grant.scopeId } },
    _links: {
      app: { ...link(origin, `/api/v1/apps/${app.id}`), title: app.label },
      self: link(origin, `/api/v1/apps/${app.id}/grants/${grant.id}`, "GET", "DELETE"),
      client: { ...link(origin, `/oauth2/v1/clients/${clientId}`), title: app.label },
    },
  };
}

function findGrant({ data }: OktaContext, app: AppRecord, id: string): GrantRecord {
  const found = data.grants.get(id);
  if (found?.appId !== app.id) throw notFound(id, "OAuth2ScopeConsentGrant");
  return found;
}

function requireSound(
  { data }: OktaContext,
  call: Call,
  app: AppRecord,
  body: z.output<typeof grantBody>,
): void {
  const own = [call.origin, call.origin.replace("//localhost:", "//127.0.0.1:")];
  if (!own.includes(body.issuer))
    throw validationFailed("issuer", `issuer: must be this org's address, ${call.origin}`);
  if (!isApiScope(body.scopeId)) {
    throw validationFailed(
      "scopeId",
      `scopeId: '${body.scopeId}' is not a scope of Okta's API, such as okta.users.read`,
    );
  }
  const granted = data.grants.first(and(eq("appId", app.id), eq("scopeId", body.scopeId)));
  // That Okta refuses is known from its Terraform provider's issues; its words are not.
  if (granted !== undefined)
    throw validationFailed("scopeId", "scopeId: this scope is already assigned to the application");
}

const all = "/api/v1/apps/:appId/grants";
const one = `${all}/:grantId`;
const grantParams = appParams.extend({ grantId: z.string() });

/** The scopes of Okta's own API that an application may use (Okta docs, "Application grants"). */
export const grantRoutes = [
  route({
    method: "GET",
    path: all,
    operation: "listScopeConsentGrants",
    access: ["okta.appGrants.read"],
    success: 200,
    params: appParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      const found = context.data.grants.find(eq("appId", app.id));
      return wholeReply(
        call,
        found.map((grant) => renderGrant(call, app, grant)),
      );
    },
  }),
  route({
    method: "POST",
    path: all,
    operation: "grantConsentToScope",
    access: ["okta.appGrants.manage"],
    success: 201,
    params: appParams,
    body: grantBody,
    handler: ({ params, body, call }, context) => {
      const app = findOwnApp(context, params.appId);
      requireSound(context, call, app, body);
      const now = context.now();
      const grant = context.data.grants.insert({
        id: newId("grant"),
        appId: app.id,
        scopeId: body.scopeId,
        created: now,
        lastUpdated: now,
        createdBy: context.org().adminUserId,
      });
      return renderGrant(call, app, grant);
    },
  }),
  route({
    method: "GET",
    path: one,
    operation: "getScopeConsentGrant",
    access: ["okta.appGrants.read"],
    success: 200,
    params: grantParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      return renderGrant(call, app, findGrant(context, app, params.grantId));
    },
  }),
  route({
    method: "DELETE",
    path: one,
    operation: "revokeScopeConsentGrant",
    access: ["okta.appGrants.manage"],
    success: 204,
    params: grantParams,
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      context.data.grants.delete(findGrant(context, app, params.grantId).id);
    },
  }),
];
