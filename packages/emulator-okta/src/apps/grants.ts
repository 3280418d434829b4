import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../render.ts";
import { isApiScope } from "../oauth/api-scopes.ts";
import { wholeReply } from "../paging.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import type { AppRecord, GrantRecord } from "./record.ts";

const grantParams = appParams.extend({ grantId: z.string() });

function findGrant({ data }: OktaContext, app: AppRecord, id: string): GrantRecord {
  const found = data.grants.get(id);
  if (found?.appId !== app.id) throw notFound(id, "OAuth2ScopeConsentGrant");
  return found;
}

const grantBody = z.object({ issuer: z.string(), scopeId: z.string() });

function validateGrant(
  { data }: OktaContext,
  { origin }: Call,
  app: AppRecord,
  { issuer, scopeId }: z.output<typeof grantBody>,
): void {
  if (issuer !== origin && issuer !== origin.replace("//localhost:", "//127.0.0.1:"))
    throw validationFailed("issuer", `issuer: must be this org's address, ${origin}`);
  if (!isApiScope(scopeId)) {
    const cause = `scopeId: '${scopeId}' is not a scope of Okta's API, such as okta.users.read`;
    throw validationFailed("scopeId", cause);
  }
  const granted = data.grants.first(and(eq("appId", app.id), eq("scopeId", scopeId)));
  // That Okta refuses is known from its Terraform provider's issues; its words are not.
  if (granted !== undefined)
    throw validationFailed("scopeId", "scopeId: this scope is already assigned to the application");
}

function renderGrant(origin: string, app: AppRecord, grant: GrantRecord) {
  const { appId, createdBy, ...shown } = grant;
  const clientId = app.oauthCredentials.client_id;
  return {
    ...shown,
    status: "ACTIVE",
    createdBy: { id: createdBy, type: "User" },
    issuer: origin,
    clientId,
    source: "ADMIN",
    _embedded: { scope: { id: grant.scopeId } },
    _links: {
      app: { ...link(origin, `/api/v1/apps/${appId}`), title: app.label },
      self: link(origin, `/api/v1/apps/${appId}/grants/${grant.id}`, "GET", "DELETE"),
      client: { ...link(origin, `/oauth2/v1/clients/${clientId}`), title: app.label },
    },
  };
}

const all = "/api/v1/apps/:appId/grants";
const one = `${all}/:grantId`;
const read = { access: ["okta.appGrants.read"], success: 200 } as const;
const manage = { access: ["okta.appGrants.manage"] } as const;

/** The scopes of Okta's own API that an application may use (Okta docs, "Application grants"). */
export const grantRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "grantConsentToScope",
    success: 201,
    params: appParams,
    body: grantBody,
    handler: ({ params, body, call }, context) => {
      const app = findOwnApp(context, params.appId);
      validateGrant(context, call, app, body);
      const now = context.now();
      const times = { created: now, lastUpdated: now };
      const by = { createdBy: context.org().adminUserId };
      const grant = { id: newId("grant"), appId: app.id, scopeId: body.scopeId, ...times, ...by };
      return renderGrant(call.origin, app, context.data.grants.insert(grant));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listScopeConsentGrants",
    params: appParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      const found = context.data.grants.find(eq("appId", app.id));
      return wholeReply(call, found, (grant) => renderGrant(call.origin, app, grant));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getScopeConsentGrant",
    params: grantParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      return renderGrant(call.origin, app, findGrant(context, app, params.grantId));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "revokeScopeConsentGrant",
    success: 204,
    params: grantParams,
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      context.data.grants.delete(findGrant(context, app, params.grantId).id);
    },
  }),
];
