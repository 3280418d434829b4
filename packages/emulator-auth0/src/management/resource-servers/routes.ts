import { z } from "zod";
import { anyOf, eq, objectId, urlSafe } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, invalidBody } from "../../errors.ts";
import { compact, patched } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { removeClientGrant } from "../client-grants.ts";
import { idParams, repeatable } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import { jwkThumbprint, publicKeyOf } from "../public-keys.ts";
import { MY_ACCOUNT, NEW_RESOURCE_SERVER, resourceServerBody, resourceServerChangeBody } from "./body.ts";
import { findResourceServer, resourceServerAt } from "./find.ts";
import { MY_ACCOUNT_API, renderIdentifier, storedIdentifier } from "./identifier.ts";
import type { ResourceServerRecord } from "./record.ts";

function requireOwn(server: ResourceServerRecord): void {
  if (server.is_system === true) throw invalidBody("System resource servers cannot be changed or deleted.");
}

function withSigningSecret(server: ResourceServerRecord): ResourceServerRecord {
  if (server.signing_alg !== "HS256" || server.signing_secret !== undefined) return server;
  return { ...server, signing_secret: urlSafe(32) };
}

type Encryption = Pick<z.output<typeof resourceServerChangeBody>, "token_encryption">;

/** The key that tokens are encrypted with is shown by its thumbprint, never again as it was given. */
function withKeyThumbprint<T extends Encryption>(body: T) {
  const { token_encryption: encryption } = body;
  if (encryption === null || encryption === undefined) return body;
  const { pem, ...key } = encryption.encryption_key;
  try {
    const shown = { ...compact(key), thumbprint_sha256: jwkThumbprint(publicKeyOf(pem)) };
    return { ...body, token_encryption: { ...encryption, encryption_key: shown } };
  } catch {
    throw invalidBody(
      "Payload validation error: 'Invalid public key' on property token_encryption.encryption_key.pem.",
    );
  }
}

function ofServer(identifier: string) {
  return eq<"resource_server_identifier">("resource_server_identifier", identifier);
}

/** Takes away the permissions that are none of an API's scopes any more. */
function removeForeignPermissions(
  { data: { rolePermissions, userPermissions } }: Auth0Context,
  { identifier, scopes = [] }: ResourceServerRecord,
): void {
  const isForeign = (name: string): boolean => !scopes.some(({ value }) => value === name);
  for (const given of rolePermissions.find(ofServer(identifier))) {
    if (isForeign(given.permission_name)) rolePermissions.delete(rolePermissions.spec.key(given));
  }
  for (const given of userPermissions.find(ofServer(identifier))) {
    if (isForeign(given.permission_name)) userPermissions.delete(userPermissions.spec.key(given));
  }
}

/** Deletes a resource server with its permissions wherever they were given, and the grants for it. */
function removeResourceServer(context: Auth0Context, { id, identifier }: ResourceServerRecord): void {
  const { data } = context;
  data.rolePermissions.deleteWhere(ofServer(identifier));
  data.userPermissions.deleteWhere(ofServer(identifier));
  for (const grant of data.clientGrants.find(eq("audience", identifier)))
    removeClientGrant(context, grant.id);
  data.resourceServers.delete(id);
}

/** A resource server as answers show it. */
function renderResourceServer(origin: string, server: ResourceServerRecord): Record<string, unknown> {
  const { id, name, identifier, ...rest } = server;
  return compact({ id, name, identifier: renderIdentifier(origin, identifier), ...rest });
}

const all = { path: "/api/v2/resource-servers" };
const one = { path: "/api/v2/resource-servers/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("resource_servers", all, one);

/** APIs (Auth0 docs: Management API, Resource Servers); a path names one by id or by identifier. */
export const resourceServerRoutes = [
  route({
    ...create,
    operation: "post_resource-servers",
    body: resourceServerBody,
    handler: ({ body, call }, { data, clock }) => {
      const identifier = storedIdentifier(call.origin, body.identifier);
      if (data.resourceServers.first(eq("identifier", identifier)) !== undefined) {
        throw conflict("A resource server with the same identifier already exists.");
      }
      if (identifier.startsWith(`${call.origin}/`)) throw invalidBody("The selected identifier is reserved.");
      const server: ResourceServerRecord = {
        id: objectId(clock),
        name: body.name,
        ...NEW_RESOURCE_SERVER,
        ...compact(withKeyThumbprint(body)),
        ...(identifier === MY_ACCOUNT_API ? MY_ACCOUNT : {}),
        identifier,
      };
      const made = data.resourceServers.insert(withSigningSecret(compact(server)));
      return renderResourceServer(call.origin, made);
    },
  }),
  route({
    ...list,
    operation: "get_resource-servers",
    query: z.looseObject({ ...paged(), identifiers: repeatable(10) }),
    handler: ({ query, call: { origin } }, { data }) => {
      const identifiers = query.identifiers?.map((identifier) => storedIdentifier(origin, identifier));
      return pageReply(query, {
        name: "resource_servers",
        rows: data.resourceServers,
        where: identifiers && anyOf("identifier", identifiers),
        render: (server) => renderResourceServer(origin, server),
      });
    },
  }),
  route({
    ...get,
    operation: "get_resource-servers_by_id",
    handler: ({ params, call: { origin } }, context) =>
      renderResourceServer(origin, findResourceServer(context, origin, params.id)),
  }),
  route({
    ...update,
    operation: "patch_resource-servers_by_id",
    body: resourceServerChangeBody,
    handler: ({ params, body, call: { origin } }, context) => {
      const server = findResourceServer(context, origin, params.id);
      requireOwn(server);
      const changed = withSigningSecret(patched(server, withKeyThumbprint(body)));
      context.data.resourceServers.put(changed);
      if (body.scopes !== undefined) removeForeignPermissions(context, changed);
      return renderResourceServer(origin, changed);
    },
  }),
  route({
    ...remove,
    operation: "delete_resource-servers_by_id",
    handler: ({ params, call }, context) => {
      const server = resourceServerAt(context, call.origin, params.id);
      if (server === undefined) return;
      // What somebody switched on can be switched off.
      if (server.identifier !== MY_ACCOUNT_API) requireOwn(server);
      removeResourceServer(context, server);
    },
  }),
];
