import { z } from "zod";
import { and, anyOf, compositeKey, eq } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { findClientGrant } from "../client-grants.ts";
import { idFormat, repeatable } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import type { ClientGrantRecord } from "../record.ts";
import { renderIdentifier, storedIdentifier } from "../resource-servers/identifier.ts";
import { organizationParams } from "./find.ts";

/** How many grants an organization may have (Auth0 docs: entity limits). */
const MAXIMUM = 100;

function requireOrganization({ data }: Auth0Context, id: string): void {
  if (!data.organizations.has(id)) throw notFound("No organization found by that id");
}

function renderSettings(origin: string, grant: ClientGrantRecord) {
  const { client_id, audience, scope, organization_usage, allow_any_organization } = grant;
  const identifier = renderIdentifier(origin, audience);
  return compact({ client_id, audience: identifier, scope, organization_usage, allow_any_organization });
}

const all = { path: "/api/v2/organizations/:id/client-grants", params: organizationParams };
const grantParams = organizationParams.extend({ grant_id: z.string().max(50) });
const one = { path: `${all.path}/:grant_id`, params: grantParams };
const { create, list, remove } = endpoints("organization_client_grants", all, one);

/** What applications may ask for within an organization. */
export const organizationClientGrantRoutes = [
  route({
    ...create,
    operation: "create_organization-client-grants",
    body: z.strictObject({
      grant_id: idFormat("client-grant-id", "cgr").describe("A Client Grant ID to add to the organization."),
    }),
    handler: ({ params, body, call }, context) => {
      const { organizationClientGrants } = context.data;
      requireOrganization(context, params.id);
      const grant = findClientGrant(context, body.grant_id);
      if (organizationClientGrants.has(compositeKey(params.id, grant.id))) {
        throw conflict("The client grant has already been added to this organization.");
      }
      if (organizationClientGrants.count(eq("organization_id", params.id)) >= MAXIMUM) {
        throw conflict("Quota exceeded; cannot add more than 100 client grants to a single organization");
      }
      organizationClientGrants.insert({ organization_id: params.id, grant_id: grant.id });
      return { grant_id: grant.id, ...renderSettings(call.origin, grant) };
    },
  }),
  route({
    ...list,
    operation: "get_organization-client-grants",
    query: z.looseObject({
      ...paged(),
      audience: z.string().optional(),
      client_id: z.string().optional(),
      grant_ids: repeatable(10),
    }),
    handler: ({ params, query: { audience, client_id, ...query }, call: { origin } }, context) => {
      const { data } = context;
      requireOrganization(context, params.id);
      const links = data.organizationClientGrants.find(eq("organization_id", params.id));
      const ids = links.map((link) => link.grant_id).filter((id) => query.grant_ids?.includes(id) ?? true);
      const stored = audience === undefined ? undefined : storedIdentifier(origin, audience);
      return pageReply(query, {
        name: "client_grants",
        rows: data.clientGrants,
        where: and<"key" | "audience" | "client_id">(
          anyOf("key", ids),
          matching({ audience: stored, client_id }),
        ),
        render: (grant) => ({
          id: grant.id,
          ...renderSettings(origin, grant),
          subject_type: grant.subject_type,
        }),
      });
    },
  }),
  route({
    ...remove,
    operation: "delete_client-grants_by_grant_id",
    handler: ({ params }, context) => {
      requireOrganization(context, params.id);
      context.data.organizationClientGrants.delete(compositeKey(params.id, params.grant_id));
    },
  }),
];
