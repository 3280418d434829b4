import { z } from "zod";
import { and, anyOf, compositeKey, eq } from "@ai-api-access/emulator-core";
import { shownIdentifier, storedIdentifier } from "../../audience.ts";
import type { ClientGrant, Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, missing } from "../../errors.ts";
import { idFormat } from "../../formats.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { organizationParams } from "./schemas.ts";

/** How many grants an organization may have (Auth0 docs: entity limits). */
const MAXIMUM = 100;

const listQuery = z.looseObject({
  ...offsetQuery,
  audience: z.string().optional(),
  client_id: z.string().optional(),
  grant_ids: z.union([z.string().transform((id) => [id]), z.array(z.string()).max(10)]).optional(),
});

const grantParams = organizationParams.extend({ grant_id: z.string().max(50) });

function organizationExists(db: Collections, id: string): void {
  if (!db.organizations.has(id)) throw missing.organizationById();
}

function grantOf(db: Collections, id: string): ClientGrant {
  const grant = db.clientGrants.get(id);
  if (grant === undefined) throw missing.clientGrant();
  return grant;
}

function settingsOf(grant: ClientGrant, origin: string) {
  const { organization_usage: usage, allow_any_organization: any } = grant;
  return {
    client_id: grant.client_id,
    audience: shownIdentifier(origin, grant.audience),
    scope: grant.scope,
    ...(usage === undefined ? {} : { organization_usage: usage }),
    ...(any === undefined ? {} : { allow_any_organization: any }),
  };
}

export const organizationClientGrantRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/client-grants",
    operation: "get_organization-client-grants",
    access: ["read:organization_client_grants"],
    success: 200,
    params: organizationParams,
    query: listQuery,
    handler: ({ params, query, call }, { db }) => {
      organizationExists(db, params.id);
      const links = db.organizationClientGrants.find(eq("organization_id", params.id));
      const ids = links.map((link) => link.grant_id).filter((id) => query.grant_ids?.includes(id) ?? true);
      return listed(query, {
        name: "client_grants",
        rows: db.clientGrants,
        where: and<"key" | "audience" | "client_id">(
          anyOf("key", ids),
          ...(query.audience === undefined
            ? []
            : [eq<"audience">("audience", storedIdentifier(call.origin, query.audience))]),
          ...(query.client_id === undefined ? [] : [eq<"client_id">("client_id", query.client_id)]),
        ),
        show: (grant) => ({
          id: grant.id,
          ...settingsOf(grant, call.origin),
          subject_type: grant.subject_type,
        }),
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/client-grants",
    operation: "create_organization-client-grants",
    access: ["create:organization_client_grants"],
    success: 201,
    params: organizationParams,
    body: z.strictObject({
      grant_id: idFormat("client-grant-id", "cgr").describe("A Client Grant ID to add to the organization."),
    }),
    handler: ({ params, body, call }, { db }) => {
      organizationExists(db, params.id);
      const grant = grantOf(db, body.grant_id);
      if (db.organizationClientGrants.has(compositeKey(params.id, grant.id))) {
        throw conflict("The client grant has already been added to this organization.");
      }
      if (db.organizationClientGrants.count(eq("organization_id", params.id)) >= MAXIMUM) {
        throw conflict("Quota exceeded; cannot add more than 100 client grants to a single organization");
      }
      db.organizationClientGrants.insert({ organization_id: params.id, grant_id: grant.id });
      return { grant_id: grant.id, ...settingsOf(grant, call.origin) };
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/client-grants/:grant_id",
    operation: "delete_client-grants_by_grant_id",
    access: ["delete:organization_client_grants"],
    success: 204,
    params: grantParams,
    handler: ({ params }, { db }) => {
      organizationExists(db, params.id);
      db.organizationClientGrants.delete(compositeKey(params.id, params.grant_id));
    },
  }),
];
