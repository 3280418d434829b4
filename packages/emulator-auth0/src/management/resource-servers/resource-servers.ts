import { z } from "zod";
import { anyOf, eq, objectId, urlSafe } from "@ai-api-access/emulator-core";
import { shownIdentifier, storedIdentifier } from "../../audience.ts";
import { deleteResourceServer, dropForeignPermissions } from "../../cascades.ts";
import { compact, patched } from "../../changes.ts";
import type { ResourceServer } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, invalidBody, ManagementError } from "../../errors.ts";
import { findResourceServer, idParams, resourceServerOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { jwkThumbprint, publicKeyOf } from "../../thumbprint.ts";
import { createResourceServerBody, updateResourceServerBody } from "./schemas.ts";

/** A resource server as answers show it. */
export function showResourceServer(origin: string, server: ResourceServer): unknown {
  const { id, name, identifier, ...rest } = server;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    identifier: shownIdentifier(origin, identifier),
    ...rest,
  };
}

function withSigningSecret(server: ResourceServer): ResourceServer {
  if (server.signing_alg !== "HS256" || server.signing_secret !== undefined) return server;
  return { ...server, signing_secret: urlSafe(32) };
}

/** The key that tokens are encrypted with is shown by its thumbprint, never again as it was given. */
function withKeyThumbprint<T extends Pick<z.output<typeof updateResourceServerBody>, "token_encryption">>(
  body: T,
) {
  const encryption = body.token_encryption;
  if (encryption === null || encryption === undefined) return body;
  const { pem, ...key } = encryption.encryption_key;
  try {
    const thumbprint = jwkThumbprint(publicKeyOf(pem));
    return {
      ...body,
      token_encryption: { ...encryption, encryption_key: { ...compact(key), thumbprint_sha256: thumbprint } },
    };
  } catch {
    throw invalidBody(
      "Payload validation error: 'Invalid public key' on property token_encryption.encryption_key.pem.",
    );
  }
}

function refuseSystem(server: ResourceServer): void {
  if (server.is_system === true) {
    throw new ManagementError(400, "System resource servers cannot be changed or deleted.", "invalid_body");
  }
}

const listQuery = z.looseObject({
  ...offsetQuery,
  identifiers: z.union([z.string().transform((id) => [id]), z.array(z.string()).max(10)]).optional(),
});

export const resourceServerRoutes = [
  route({
    method: "GET",
    path: "/api/v2/resource-servers",
    operation: "get_resource-servers",
    access: ["read:resource_servers"],
    success: 200,
    query: listQuery,
    handler: ({ query, call }, { db }) => {
      const identifiers = query.identifiers?.map((identifier) => storedIdentifier(call.origin, identifier));
      return listed(query, {
        name: "resource_servers",
        rows: db.resourceServers,
        ...(identifiers === undefined ? {} : { where: anyOf("identifier", identifiers) }),
        show: (server) => showResourceServer(call.origin, server),
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/resource-servers/:id",
    operation: "get_resource-servers_by_id",
    access: ["read:resource_servers"],
    success: 200,
    params: idParams,
    handler: ({ params, call }, { db }) =>
      showResourceServer(call.origin, resourceServerOf(db, call.origin, params.id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/resource-servers",
    operation: "post_resource-servers",
    access: ["create:resource_servers"],
    success: 201,
    body: createResourceServerBody,
    handler: ({ body, call }, { db, clock }) => {
      const identifier = storedIdentifier(call.origin, body.identifier);
      if (db.resourceServers.first(eq("identifier", identifier)) !== undefined) {
        throw conflict("A resource server with the same identifier already exists.");
      }
      if (identifier.startsWith(`${call.origin}/`)) {
        throw new ManagementError(400, "The selected identifier is reserved.", "invalid_body");
      }
      const server: ResourceServer = {
        id: objectId(clock),
        name: body.name,
        allow_offline_access: false,
        skip_consent_for_verifiable_first_party_clients: false,
        subject_type_authorization: {
          client: { policy: "require_client_grant" },
          user: { policy: "allow_all" },
        },
        token_lifetime: 86400,
        token_lifetime_for_web: 7200,
        signing_alg: "RS256",
        ...compact(withKeyThumbprint(body)),
        identifier,
      };
      return showResourceServer(call.origin, db.resourceServers.insert(withSigningSecret(compact(server))));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/resource-servers/:id",
    operation: "patch_resource-servers_by_id",
    access: ["update:resource_servers"],
    success: 200,
    params: idParams,
    body: updateResourceServerBody,
    handler: ({ params, body, call }, { db }) => {
      const server = resourceServerOf(db, call.origin, params.id);
      refuseSystem(server);
      const changed = db.resourceServers.put(withSigningSecret(patched(server, withKeyThumbprint(body))));
      if (body.scopes !== undefined) {
        dropForeignPermissions(db, server.identifier, new Set(body.scopes.map((scope) => scope.value)));
      }
      return showResourceServer(call.origin, changed);
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/resource-servers/:id",
    operation: "delete_resource-servers_by_id",
    access: ["delete:resource_servers"],
    success: 204,
    params: idParams,
    handler: ({ params, call }, { db }) => {
      const server = findResourceServer(db, call.origin, params.id);
      if (server === undefined) return;
      refuseSystem(server);
      deleteResourceServer(db, server.id);
    },
  }),
];
