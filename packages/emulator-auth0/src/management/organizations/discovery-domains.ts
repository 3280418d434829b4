import { z } from "zod";
import { alphanumeric, and, eq, hex, objectId } from "@ai-api-access/emulator-core";
import type { Clock } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, notFound } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { choice, flag } from "../formats.ts";
import { checkpointReply, pagedByCheckpoint } from "../paging.ts";
import { findOrganization, organizationParams } from "./find.ts";
import type { DiscoveryDomainRecord } from "./record.ts";

const domainParams = organizationParams.extend({
  discovery_domain_id: z.string().max(50).describe("ID of the discovery domain."),
});

function domainNotFound() {
  return notFound("No organization domain found by that id");
}

function findDomain(context: Auth0Context, params: z.output<typeof domainParams>): DiscoveryDomainRecord {
  findOrganization(context, params.id);
  const found = context.data.discoveryDomains.get(params.discovery_domain_id);
  if (found?.organization_id !== params.id) throw domainNotFound();
  return found;
}

function findByName({ data }: Auth0Context, organizationId: string, name: string) {
  return data.discoveryDomains.first(and(eq("organization_id", organizationId), eq("domain", name)));
}

const settings = {
  status: choice(["pending", "verified"], "The verification status of the domain."),
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

/** An id that sorts after those made before it: the vendor lists domains in the order of ids. */
function newDomainId(clock: Clock): string {
  const id = objectId(clock);
  return `ord_${id.slice(0, 8)}${id.slice(-6)}${alphanumeric(8)}`;
}

/** A domain as answers show it, with the place of the DNS record that proves whose it is. */
function renderDomain({ organization_id: organizationId, ...domain }: DiscoveryDomainRecord) {
  return {
    id: domain.id,
    domain: domain.domain,
    status: domain.status,
    verification_host: `_ss-verification.${organizationId}.${domain.domain}`,
    verification_txt: domain.verification_txt,
    use_for_organization_discovery: domain.use_for_organization_discovery,
  };
}

const all = { path: "/api/v2/organizations/:id/discovery-domains", params: organizationParams };
const one = { path: `${all.path}/:discovery_domain_id`, params: domainParams };
const { create, list, get, update, remove } = endpoints("organization_discovery_domains", all, one);

/** The domains by which people are led to an organization's login. */
export const discoveryDomainRoutes = [
  route({
    ...create,
    operation: "create_organization_discovery_domain",
    body: createBody,
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      if (findByName(context, params.id, body.domain) !== undefined) {
        throw conflict("The organization discovery domain already exists.");
      }
      const domain: DiscoveryDomainRecord = {
        id: newDomainId(context.clock),
        organization_id: params.id,
        status: "pending",
        verification_txt: hex(32),
        use_for_organization_discovery: true,
        ...compact(body),
      };
      return renderDomain(context.data.discoveryDomains.insert(domain));
    },
  }),
  route({
    ...list,
    operation: "get_organization_discovery_domains",
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      return checkpointReply(query, {
        name: "domains",
        rows: context.data.discoveryDomains,
        where: eq("organization_id", params.id),
        order: ["key"],
        render: renderDomain,
      });
    },
  }),
  route({
    ...get,
    path: `${all.path}/name/:name`,
    operation: "get_organization_discovery_domain_by_name",
    params: organizationParams.extend({ name: z.string().max(255) }),
    handler: ({ params }, context) => {
      findOrganization(context, params.id);
      const domain = findByName(context, params.id, params.name);
      if (domain === undefined) throw domainNotFound();
      return renderDomain(domain);
    },
  }),
  route({
    ...get,
    operation: "get_organization_discovery_domain",
    handler: ({ params }, context) => renderDomain(findDomain(context, params)),
  }),
  route({
    ...update,
    operation: "update_organization_discovery_domain",
    body: z.strictObject(settings),
    handler: ({ params, body }, context) => {
      const changed = { ...findDomain(context, params), ...compact(body) };
      return renderDomain(context.data.discoveryDomains.put(changed));
    },
  }),
  // A domain deleted again is no error, but the organization must exist.
  route({
    ...remove,
    operation: "delete_organization_discovery_domain",
    handler: ({ params }, context) => {
      findOrganization(context, params.id);
      const domain = context.data.discoveryDomains.get(params.discovery_domain_id);
      if (domain?.organization_id === params.id) context.data.discoveryDomains.delete(domain.id);
    },
  }),
];
