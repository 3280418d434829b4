import { z } from "zod";
import { and, eq, hex } from "@ai-api-access/emulator-core";
import { compact } from "../../changes.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, missing } from "../../errors.ts";
import { flag } from "../../formats.ts";
import { sortableId } from "../../ids.ts";
import { organizationOf } from "../../lookups.ts";
import { checkpoints, checkpointQuery, idCursor } from "../../paging.ts";
import type { DiscoveryDomain } from "./collections.ts";
import { organizationParams } from "./schemas.ts";

const READ = ["read:organization_discovery_domains"];

const settings = {
  status: z.enum(["pending", "verified"]).optional().describe("The verification status of the domain."),
  use_for_organization_discovery: flag(
    "Indicates whether this domain should be used for organization discovery.",
  ),
};

const createBody = z.strictObject({
  domain: z
    .string()
    .min(3)
    .max(255)
    .regex(
      /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])$/,
    )
    .describe("The domain name to associate with the organization e.g. acme.com."),
  ...settings,
});

const domainParams = organizationParams.extend({
  discovery_domain_id: z.string().max(50).describe("ID of the discovery domain."),
});

/** A domain as answers show it, with the place of the DNS record that proves whose it is. */
function showDomain(domain: DiscoveryDomain) {
  return {
    id: domain.id,
    domain: domain.domain,
    status: domain.status,
    verification_host: `_ss-verification.${domain.organization_id}.${domain.domain}`,
    verification_txt: domain.verification_txt,
    use_for_organization_discovery: domain.use_for_organization_discovery,
  };
}

function domainOf(db: Collections, params: z.output<typeof domainParams>): DiscoveryDomain {
  organizationOf(db, params.id);
  const domain = db.discoveryDomains.get(params.discovery_domain_id);
  if (domain?.organization_id !== params.id) throw missing.discoveryDomain();
  return domain;
}

function namedDomain(db: Collections, organizationId: string, name: string): DiscoveryDomain | undefined {
  return db.discoveryDomains.first(and(eq("organization_id", organizationId), eq("domain", name)));
}

export const discoveryDomainRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/discovery-domains",
    operation: "get_organization_discovery_domains",
    access: READ,
    success: 200,
    params: organizationParams,
    query: z.looseObject(checkpointQuery()),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      return checkpoints(query, {
        name: "domains",
        rows: db.discoveryDomains,
        where: eq("organization_id", params.id),
        order: ["key"],
        show: showDomain,
        cursor: { form: idCursor, of: (domain) => [domain.id] },
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/discovery-domains/name/:name",
    operation: "get_organization_discovery_domain_by_name",
    access: READ,
    success: 200,
    params: organizationParams.extend({ name: z.string().max(255) }),
    handler: ({ params }, { db }) => {
      organizationOf(db, params.id);
      const domain = namedDomain(db, params.id, params.name);
      if (domain === undefined) throw missing.discoveryDomain();
      return showDomain(domain);
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/discovery-domains/:discovery_domain_id",
    operation: "get_organization_discovery_domain",
    access: READ,
    success: 200,
    params: domainParams,
    handler: ({ params }, { db }) => showDomain(domainOf(db, params)),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/discovery-domains",
    operation: "create_organization_discovery_domain",
    access: ["create:organization_discovery_domains"],
    success: 201,
    params: organizationParams,
    body: createBody,
    handler: ({ params, body }, { db, clock }) => {
      organizationOf(db, params.id);
      if (namedDomain(db, params.id, body.domain) !== undefined) {
        throw conflict("The organization discovery domain already exists.");
      }
      const domain = {
        id: `ord_${sortableId(clock, 22)}`,
        organization_id: params.id,
        status: "pending" as const,
        verification_txt: hex(32),
        use_for_organization_discovery: true,
        ...compact(body),
      };
      return showDomain(db.discoveryDomains.insert(domain));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/organizations/:id/discovery-domains/:discovery_domain_id",
    operation: "update_organization_discovery_domain",
    access: ["update:organization_discovery_domains"],
    success: 200,
    params: domainParams,
    body: z.strictObject(settings),
    handler: ({ params, body }, { db }) =>
      showDomain(db.discoveryDomains.put({ ...domainOf(db, params), ...compact(body) })),
  }),
  // A domain deleted again is no error, but the organization must exist.
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/discovery-domains/:discovery_domain_id",
    operation: "delete_organization_discovery_domain",
    access: ["delete:organization_discovery_domains"],
    success: 204,
    params: domainParams,
    handler: ({ params }, { db }) => {
      organizationOf(db, params.id);
      const domain = db.discoveryDomains.get(params.discovery_domain_id);
      if (domain?.organization_id === params.id) db.discoveryDomains.delete(domain.id);
    },
  }),
];
