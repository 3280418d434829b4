import { z } from "zod";
import { alphanumeric, and, eq } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { shownIdentifier, storedIdentifier } from "../audience.ts";
import { deleteClientGrant } from "../cascades.ts";
import { compact, patched } from "../changes.ts";
import type { ClientGrant, Collections } from "../collections.ts";
import { route } from "../context.ts";
import { conflict, invalidBody, missing } from "../errors.ts";
import { text } from "../formats.ts";
import { clientOf, idParams, organizationOf, resourceServerOf } from "../lookups.ts";
import { checkpointQuery, checkpoints, idCursor, listed, offsetQuery } from "../paging.ts";
import { showOrganization } from "./organizations/organizations.ts";

const settings = {
  scope: z
    .array(text(1, 280, "Scope."))
    .optional()
    .describe("Scopes allowed for this client grant."),
  organization_usage: z
    .enum(["deny", "allow", "require"])
    .optional()
    .describe("Defines whether organizations can be used with client credentials exchanges for this grant."),
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
  subject_type: z
    .enum(["client", "user"])
    .optional()
    .describe("The type of application access the client grant allows."),
  default_for: z.enum(["third_party_clients"]).optional(),
  ...settings,
});

const listQuery = z.looseObject({
  ...offsetQuery,
  ...checkpointQuery(),
  audience: z.string().optional(),
  client_id: z.string().optional(),
  allow_any_organization: z.enum(["true", "false"]).optional(),
  subject_type: z.enum(["client", "user"]).optional(),
  default_for: z.string().optional(),
});

type GrantColumn = "audience" | "client_id" | "allow_any_organization" | "subject_type" | "default_for";

function filterOf(query: z.output<typeof listQuery>, origin: string): Where<GrantColumn> {
  const filters: Where<GrantColumn>[] = [];
  if (query.audience !== undefined) filters.push(eq("audience", storedIdentifier(origin, query.audience)));
  if (query.client_id !== undefined) filters.push(eq("client_id", query.client_id));
  if (query.subject_type !== undefined) filters.push(eq("subject_type", query.subject_type));
  if (query.default_for !== undefined) filters.push(eq("default_for", query.default_for));
  if (query.allow_any_organization !== undefined) {
    filters.push(eq("allow_any_organization", query.allow_any_organization === "true"));
  }
  return and(...filters);
}

function grantOf(db: Collections, id: string): ClientGrant {
  const grant = db.clientGrants.get(id);
  if (grant === undefined) throw missing.clientGrant();
  return grant;
}

/** A grant as answers show it. The scopes are left out of one that allows all. */
function showGrant(origin: string, grant: ClientGrant): unknown {
  const { id, client_id: clientId, audience, scope, ...rest } = grant;
  return {
    id,
    ...(clientId === undefined ? {} : { client_id: clientId }),
    audience: shownIdentifier(origin, audience),
    ...(grant.allow_all_scopes === true ? {} : { scope: scope ?? [] }),
    ...rest,
  };
}

function refuseDuplicate(db: Collections, grant: ClientGrant): void {
  const same = db.clientGrants.first(
    and<GrantColumn>(
      eq("audience", grant.audience),
      eq("client_id", grant.client_id ?? null),
      eq("subject_type", grant.subject_type),
      eq("default_for", grant.default_for ?? null),
    ),
  );
  if (same !== undefined) throw conflict("A client grant for the same client and audience already exists.");
}

export const clientGrantRoutes = [
  route({
    method: "GET",
    path: "/api/v2/client-grants",
    operation: "get_client-grants",
    access: ["read:client_grants"],
    success: 200,
    query: listQuery,
    handler: ({ query, call }, { db }) =>
      listed(query, {
        name: "client_grants",
        rows: db.clientGrants,
        where: filterOf(query, call.origin),
        order: ["key"],
        show: (grant) => showGrant(call.origin, grant),
        shape: "totals-first",
        cursor: { form: idCursor, of: (grant) => [grant.id] },
      }),
  }),
  route({
    method: "GET",
    path: "/api/v2/client-grants/:id",
    operation: "get_client-grant",
    access: ["read:client_grants"],
    success: 200,
    params: idParams,
    handler: ({ params, call }, { db }) => showGrant(call.origin, grantOf(db, params.id)),
  }),
  route({
    method: "GET",
    path: "/api/v2/client-grants/:id/organizations",
    operation: "get_client-grant-organizations",
    access: ["read:organization_client_grants"],
    success: 200,
    params: idParams,
    query: z.looseObject(checkpointQuery()),
    handler: ({ params, query }, { db }) => {
      grantOf(db, params.id);
      return checkpoints(query, {
        name: "organizations",
        rows: db.organizationClientGrants,
        where: eq("grant_id", params.id),
        order: ["organization_id"],
        show: (link) => showOrganization(db, organizationOf(db, link.organization_id)),
        cursor: { form: idCursor, of: (link) => [link.organization_id] },
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/client-grants",
    operation: "post_client-grants",
    access: ["create:client_grants"],
    success: 201,
    body: createBody,
    handler: ({ body, call }, { db }) => {
      if (body.client_id === undefined && body.default_for === undefined) {
        throw invalidBody("Payload validation error: 'Missing required property: client_id'.");
      }
      if (body.client_id !== undefined) clientOf(db, body.client_id);
      const { identifier } = resourceServerOf(db, call.origin, body.audience);
      const grant = compact<ClientGrant>({
        id: `cgr_${alphanumeric(16)}`,
        ...compact(body),
        scope: body.scope ?? [],
        audience: identifier,
        subject_type: body.subject_type ?? "client",
      });
      refuseDuplicate(db, grant);
      return showGrant(call.origin, db.clientGrants.insert(grant));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/client-grants/:id",
    operation: "patch_client-grants_by_id",
    access: ["update:client_grants"],
    success: 200,
    params: idParams,
    body: z.strictObject(settings),
    handler: ({ params, body, call }, { db }) => {
      const grant = grantOf(db, params.id);
      return showGrant(call.origin, db.clientGrants.put(patched(grant, body)));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/client-grants/:id",
    operation: "delete_client-grants_by_id",
    access: ["delete:client_grants"],
    success: 204,
    params: idParams,
    handler: ({ params }, { db }) => {
      deleteClientGrant(db, params.id);
    },
  }),
];
