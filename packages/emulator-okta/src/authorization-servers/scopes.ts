import { z } from "zod";
import { and, eq, like, without } from "@ai-api-access/emulator-core";
import { flag, text, withDefault } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../render.ts";
import { paged, pageReply } from "../paging.ts";
import { findServer, serverParams, serverPath } from "./find.ts";
import type { ScopeRecord, ServerRecord } from "./record.ts";

const scopeParams = serverParams.extend({ scopeId: z.string() });

function findScope(context: OktaContext, params: z.output<typeof scopeParams>) {
  const server = findServer(context, params.authServerId);
  const scope = context.data.scopes.get(params.scopeId);
  if (scope?.serverId !== server.id) throw notFound(params.scopeId, "OAuth2Scope");
  return { server, scope };
}

/** Okta docs, "Authorization Servers API", scope `name`: printable ASCII but space, `"` and `\`. */
const scopeName = z
  .string()
  .min(1)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]*$/,
    "must be printable ASCII without spaces, quotation marks and backslashes",
  )
  .refine(
    (name) => !/^okta[.:]/.test(name),
    "must not begin with 'okta.' or 'okta:', which Okta keeps for itself",
  )
  .refine(
    (name) => name !== "okta" && name !== "*",
    "must not be 'okta' or '*', which Okta keeps for itself",
  );

const scopeBody = z.object({
  name: scopeName,
  displayName: text,
  description: text,
  metadataPublish: withDefault(z.enum(["ALL_CLIENTS", "NO_CLIENTS"]), "NO_CLIENTS"),
  consent: withDefault(z.enum(["IMPLICIT", "REQUIRED", "FLEXIBLE"]), "IMPLICIT"),
  optional: flag,
  default: flag,
});

/** A name is taken once on a server; the OpenID Connect names are taken from the start. */
function requireFreeName({ data }: OktaContext, scope: ScopeRecord): void {
  const sameName = data.scopes.find(and(eq("serverId", scope.serverId), eq("name", scope.name)));
  if (sameName.some(({ id }) => id !== scope.id)) throw alreadyExists("name");
}

/** A scope as Okta answers it. */
function renderScope(origin: string, server: ServerRecord, scope: ScopeRecord) {
  const self = link(origin, `${serverPath(server)}/scopes/${scope.id}`, "GET", "PUT", "DELETE");
  return { ...without(scope, "serverId"), apiResourceId: null, _links: { self } };
}

const all = "/api/v1/authorizationServers/:authServerId/scopes";
const one = `${all}/:scopeId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"], success: 200 } as const;

/** Scopes of authorization servers (Okta docs, "Authorization Servers API", "Scopes"). */
export const scopeRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createOAuth2Scope",
    success: 201,
    params: serverParams,
    body: scopeBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      const scope = { id: newId("scope"), serverId: server.id, system: false, ...body };
      requireFreeName(context, scope);
      return renderScope(call.origin, server, context.data.scopes.insert(scope));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listOAuth2Scopes",
    params: serverParams,
    query: z.object({ q: z.string().optional(), ...paged(200) }),
    handler: ({ params, query, call }, context) => {
      const server = findServer(context, params.authServerId);
      const own = eq<"serverId" | "name" | "key">("serverId", server.id);
      const where = query.q === undefined ? own : and(own, like<"name">("name", `${query.q}*`));
      const render = (scope: ScopeRecord) => renderScope(call.origin, server, scope);
      return pageReply(context.data.scopes, where, query, call, render);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getOAuth2Scope",
    params: scopeParams,
    handler: ({ params, call }, context) => {
      const { server, scope } = findScope(context, params);
      return renderScope(call.origin, server, scope);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceOAuth2Scope",
    params: scopeParams,
    body: scopeBody,
    handler: ({ params, body, call }, context) => {
      const { server, scope } = findScope(context, params);
      if (scope.system && body.name !== scope.name) {
        throw validationFailed("name", "name: a scope of the system cannot be renamed");
      }
      const changed = { ...scope, ...body };
      requireFreeName(context, changed);
      return renderScope(call.origin, server, context.data.scopes.put(changed));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteOAuth2Scope",
    success: 204,
    params: scopeParams,
    handler: ({ params }, context) => {
      const { scope } = findScope(context, params);
      if (scope.system) throw notPermitted("A scope of the system cannot be deleted.");
      context.data.scopes.delete(scope.id);
    },
  }),
];
