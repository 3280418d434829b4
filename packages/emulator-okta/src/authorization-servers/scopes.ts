import { z } from "zod";
import { and, eq, like } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { paged, pageReply } from "../paging.ts";
import { findServer, serverParams, serverPath, serverRef } from "./find.ts";
import type { ScopeRecord, ServerRecord } from "./record.ts";

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
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  metadataPublish: z.enum(["ALL_CLIENTS", "NO_CLIENTS"]).nullish(),
  consent: z.enum(["IMPLICIT", "REQUIRED", "FLEXIBLE"]).nullish(),
  optional: z.boolean().nullish(),
  default: z.boolean().nullish(),
});

/** A scope as Okta answers it. */
export function renderScope(origin: string, server: ServerRecord, scope: ScopeRecord) {
  const self = `${serverPath(serverRef(server))}/scopes/${scope.id}`;
  return {
    id: scope.id,
    name: scope.name,
    displayName: scope.displayName,
    description: scope.description,
    system: scope.system,
    metadataPublish: scope.metadataPublish,
    consent: scope.consent,
    optional: scope.optional,
    apiResourceId: null,
    default: scope.default,
    _links: { self: link(origin, self, "GET", "PUT", "DELETE") },
  };
}

function withBody(
  scope: Pick<ScopeRecord, "id" | "serverId" | "system">,
  body: z.output<typeof scopeBody>,
): ScopeRecord {
  return {
    id: scope.id,
    serverId: scope.serverId,
    system: scope.system,
    name: body.name,
    displayName: body.displayName ?? null,
    description: body.description ?? null,
    metadataPublish: body.metadataPublish ?? "NO_CLIENTS",
    consent: body.consent ?? "IMPLICIT",
    optional: body.optional ?? false,
    default: body.default ?? false,
  };
}

function findScope({ data }: OktaContext, server: ServerRecord, id: string): ScopeRecord {
  const found = data.scopes.get(id);
  if (found?.serverId !== server.id) throw notFound(id, "OAuth2Scope");
  return found;
}

/** A name is taken once on a server; the OpenID Connect names are taken from the start. */
function requireFreeName({ data }: OktaContext, scope: ScopeRecord): void {
  const sameName = data.scopes.find(and(eq("serverId", scope.serverId), eq("name", scope.name)));
  if (sameName.some(({ id }) => id !== scope.id)) throw alreadyExists("name");
}

const all = "/api/v1/authorizationServers/:authServerId/scopes";
const one = `${all}/:scopeId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"] } as const;
const scopeParams = serverParams.extend({ scopeId: z.string() });

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
      const scope = withBody({ id: newId("scope"), serverId: server.id, system: false }, body);
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
      return pageReply(context.data.scopes, where, query, call, (scope) =>
        renderScope(call.origin, server, scope),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getOAuth2Scope",
    params: scopeParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      return renderScope(call.origin, server, findScope(context, server, params.scopeId));
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceOAuth2Scope",
    success: 200,
    params: scopeParams,
    body: scopeBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      const before = findScope(context, server, params.scopeId);
      if (before.system && body.name !== before.name) {
        throw validationFailed("name", "name: a scope of the system cannot be renamed");
      }
      const scope = withBody(before, body);
      requireFreeName(context, scope);
      return renderScope(call.origin, server, context.data.scopes.put(scope));
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
      const server = findServer(context, params.authServerId);
      const scope = findScope(context, server, params.scopeId);
      if (scope.system) throw notPermitted("A scope of the system cannot be deleted.");
      context.data.scopes.delete(scope.id);
    },
  }),
];
