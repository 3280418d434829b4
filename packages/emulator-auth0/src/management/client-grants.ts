import { z } from "zod";
import { alphanumeric, eq } from "@ai-api-access/emulator-core";
import { matching } from "../collections.ts";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { conflict, invalidBody, notFound } from "../errors.ts";
import { compact, patched } from "../objects.ts";
import { endpoints } from "./access.ts";
import { findClient } from "./clients/find.ts";
import { choice, flagQuery, idParams, text } from "./formats.ts";
import { findOrganization } from "./organizations/find.ts";
import { renderOrganization } from "./organizations/render.ts";
import { checkpointReply, idCursor, paged, pagedByCheckpoint, pageReply } from "./paging.ts";
import type { ClientGrantRecord } from "./record.ts";
import { findResourceServer } from "./resource-servers/find.ts";
import { renderIdentifier, storedIdentifier } from "./resource-servers/identifier.ts";

/** The grant with this id. Throws 404. */
export function findClientGrant({ data }: Auth0Context, id: string): ClientGrantRecord {
  const found = data.clientGrants.get(id);
  if (found === undefined) throw notFound("The grant does not exist.", "inexistent_client_grant");
  return found;
}

/** Deletes a client grant with its links to organizations. */
export function removeClientGrant({ data }: Auth0Context, id: string): void {
  data.organizationClientGrants.deleteWhere(eq("grant_id", id));
  data.clientGrants.delete(id);
}

const settings = {
  scope: z
    .array(text(1, 280, "Scope."))
    .optional()
    .describe("Scopes allowed for this client grant."),
  organization_usage: choice(
    ["deny", "allow", "require"],
    "Defines whether organizations can be used with client credentials exchanges for this grant.",
  ),
  allow_any_organization: z
    .boolean()
    .optional()
    .describe("If enabled, any organization can be used with this grant."),
  authorization_details_types: z.array(z.string()).optional(),
  allow_all_scopes: z.boolean().optional(),
};

const createBody = z.strictObject({
  client_id: z.string().optional().describe("ID of the client."),
  audience: z.string().min(1).describe("The audience (API identifier) of this client grant"),
  subject_type: choice(["client", "user"], "The type of application access the client grant allows."),
  default_for: z.enum(["third_party_clients"]).optional(),
  ...settings,
});

function requireNone({ data }: Auth0Context, grant: ClientGrantRecord): void {
  const { audience, client_id: clientId = null, subject_type: subject, default_for: purpose = null } = grant;
  const same = matching({ audience, client_id: clientId, subject_type: subject, default_for: purpose });
  if (data.clientGrants.first(same) !== undefined) {
    throw conflict("A client grant for the same client and audience already exists.");
  }
}

/** A grant as answers show it. The scopes are left out of one that allows all. */
function renderClientGrant(origin: string, grant: ClientGrantRecord): unknown {
  const { id, client_id, audience, scope = [], ...rest } = grant;
  return compact({
    id,
    client_id,
    audience: renderIdentifier(origin, audience),
    scope: grant.allow_all_scopes === true ? undefined : scope,
    ...rest,
  });
}

const all = { path: "/api/v2/client-grants" };
const one = { path: "/api/v2/client-grants/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("client_grants", all, one);

/** Which application may ask for what of which API (Auth0 docs: Management API, Client Grants). */
export const clientGrantRoutes = [
  route({
    ...create,
    operation: "post_client-grants",
    body: createBody,
    handler: ({ body, call }, context) => {
      if (body.client_id === undefined && body.default_for === undefined) {
        throw invalidBody("Payload validation error: 'Missing required property: client_id'.");
      }
      if (body.client_id !== undefined) findClient(context, body.client_id);
      const { identifier } = findResourceServer(context, call.origin, body.audience);
      const grant: ClientGrantRecord = {
        id: `cgr_${alphanumeric(16)}`,
        ...compact(body),
        scope: body.scope ?? [],
        audience: identifier,
        subject_type: body.subject_type ?? "client",
      };
      requireNone(context, grant);
      return renderClientGrant(call.origin, context.data.clientGrants.insert(grant));
    },
  }),
  route({
    ...list,
    operation: "get_client-grants",
    query: z.looseObject({
      ...paged(),
      ...pagedByCheckpoint(),
      audience: z.string().optional(),
      client_id: z.string().optional(),
      allow_any_organization: flagQuery,
      subject_type: z.enum(["client", "user"]).optional(),
      default_for: z.string().optional(),
    }),
    handler: ({ query, call: { origin } }, { data }) => {
      const { audience, client_id, allow_any_organization, subject_type, default_for } = query;
      const stored = audience === undefined ? undefined : storedIdentifier(origin, audience);
      return pageReply(query, {
        name: "client_grants",
        rows: data.clientGrants,
        where: matching({ audience: stored, client_id, allow_any_organization, subject_type, default_for }),
        order: ["key"],
        render: (grant) => renderClientGrant(origin, grant),
        shape: "totals-first",
        cursor: idCursor,
      });
    },
  }),
  route({
    ...get,
    operation: "get_client-grant",
    handler: ({ params, call }, context) =>
      renderClientGrant(call.origin, findClientGrant(context, params.id)),
  }),
  route({
    method: "GET",
    path: `${one.path}/organizations`,
    operation: "get_client-grant-organizations",
    access: ["read:organization_client_grants"],
    success: 200,
    params: idParams,
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ params, query }, context) => {
      findClientGrant(context, params.id);
      return checkpointReply(query, {
        name: "organizations",
        rows: context.data.organizationClientGrants,
        where: eq("grant_id", params.id),
        order: ["organization_id"],
        render: (link) => renderOrganization(context, findOrganization(context, link.organization_id)),
      });
    },
  }),
  route({
    ...update,
    operation: "patch_client-grants_by_id",
    body: z.strictObject(settings),
    handler: ({ params, body, call }, context) => {
      const changed = patched(findClientGrant(context, params.id), body);
      return renderClientGrant(call.origin, context.data.clientGrants.put(changed));
    },
  }),
  route({
    ...remove,
    operation: "delete_client-grants_by_id",
    handler: ({ params }, context) => {
      removeClientGrant(context, params.id);
    },
  }),
];
