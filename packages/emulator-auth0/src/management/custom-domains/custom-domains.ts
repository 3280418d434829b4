import { randomUUID } from "node:crypto";
import { z } from "zod";
import { alphanumeric, eq, like, timestamp } from "@ai-api-access/emulator-core";
import { compact, patched, without } from "../../changes.ts";
import type { Collections, CustomDomain } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, ManagementError, missing } from "../../errors.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { keptMetadata } from "../../formats.ts";
import { idParams } from "../../lookups.ts";
import { checkpointQuery, checkpoints, idCursor } from "../../paging.ts";
import { TENANT_NAME } from "../clients/clients.ts";
import { createDomainBody, updateDomainBody } from "./schemas.ts";

/** A custom domain, or the vendor's 404. */
export function customDomainOf(db: Collections, id: string): CustomDomain {
  const domain = db.customDomains.get(id);
  if (domain === undefined) throw missing.customDomain(id);
  return domain;
}

/** Which domains a search (`q`) is for: those whose name it is, or begins with what stands before a `*`. */
function searched(q: string | undefined) {
  if (q === undefined) return {};
  const [, name] = /^domain:"?([^"\s]+)"?$/.exec(q) ?? [];
  if (name === undefined) {
    throw new ManagementError(
      400,
      "Query validation error: 'Unsupported query' on property q.",
      "invalid_query_string",
    );
  }
  return { where: name.includes("*") ? like<"domain">("domain", name) : eq<"domain">("domain", name) };
}

/** How the owner of a domain proves that it is theirs. */
function verificationOf(id: string, { domain, type }: z.output<typeof createDomainBody>) {
  const method =
    type === "auth0_managed_certs"
      ? {
          name: "CNAME",
          record: `${TENANT_NAME}-cd-${id.slice(3).toLowerCase()}.edge.tenants.example`,
          domain,
        }
      : { name: "TXT", record: randomUUID(), domain: `_cf-custom-hostname.${domain}` };
  return { methods: [method] };
}

/**
 * Custom domains are kept and shown; nothing answers under them here, and none of them ever gets verified.
 */
export const customDomainRoutes = [
  route({
    method: "GET",
    path: "/api/v2/custom-domains",
    operation: "get_custom-domains",
    access: ["read:custom_domains"],
    success: 200,
    query: z.looseObject({ ...checkpointQuery(), ...fieldsQuery, q: z.string().optional() }),
    handler: ({ query }, { db }) => {
      const { where } = searched(query.q);
      if (query.take === undefined && query.from === undefined) {
        return db.customDomains.find(where).map((domain) => pickFields(domain, query));
      }
      return checkpoints(query, {
        name: "custom_domains",
        rows: db.customDomains,
        ...(where === undefined ? {} : { where }),
        order: ["key"],
        show: (domain) => pickFields(domain, query),
        cursor: { form: idCursor, of: (domain) => [domain.custom_domain_id] },
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/custom-domains/:id",
    operation: "get_custom-domains_by_id",
    access: ["read:custom_domains"],
    success: 200,
    params: idParams,
    handler: ({ params }, { db }) => customDomainOf(db, params.id),
  }),
  route({
    method: "POST",
    path: "/api/v2/custom-domains",
    operation: "post_custom-domains",
    access: ["create:custom_domains"],
    success: 201,
    body: createDomainBody,
    handler: ({ body }, { db, clock }) => {
      if (db.customDomains.first(eq("domain", body.domain)) !== undefined) {
        throw conflict("The custom domain already exists.");
      }
      const id = `cd_${alphanumeric(16)}`;
      const metadata = keptMetadata(body.domain_metadata);
      return db.customDomains.insert({
        custom_domain_id: id,
        primary: false,
        is_default: false,
        status: "pending_verification",
        verification: verificationOf(id, body),
        ...(body.type === "auth0_managed_certs"
          ? { tls_policy: "recommended" }
          : { custom_client_ip_header: null }),
        ...compact(without(body, "verification_method", "domain_metadata")),
        ...(metadata === undefined ? {} : { domain_metadata: metadata }),
        domain: body.domain,
        created_at: timestamp(clock),
      });
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/custom-domains/:id",
    operation: "patch_custom-domains_by_id",
    access: ["update:custom_domains"],
    success: 200,
    params: idParams,
    body: updateDomainBody,
    handler: ({ params, body }, { db }) => {
      const domain = customDomainOf(db, params.id);
      const metadata = body.domain_metadata;
      return db.customDomains.put({
        ...patched(domain, {
          ...body,
          ...(metadata === undefined
            ? {}
            : { domain_metadata: patched({ ...domain.domain_metadata }, metadata) }),
        }),
        // A header that is unset stays to be seen where there was one to set.
        ...("custom_client_ip_header" in domain
          ? {
              custom_client_ip_header: body.custom_client_ip_header ?? domain.custom_client_ip_header ?? null,
            }
          : {}),
      });
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/custom-domains/:id",
    operation: "delete_custom-domains_by_id",
    access: ["delete:custom_domains"],
    success: 204,
    params: idParams,
    handler: ({ params }, { db }) => {
      db.customDomains.delete(params.id);
    },
  }),
];
