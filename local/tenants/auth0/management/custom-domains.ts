import { z } from "zod";
import { alphanumeric, timestamp } from "../../kit/index.ts";
import { compact, patched } from "../changes.ts";
import { route } from "../context.ts";
import { conflict, missing } from "../errors.ts";
import { idParams } from "../lookups.ts";
import { checkpointQuery, checkpoints, idCursor } from "../paging.ts";
import { TENANT_NAME } from "./clients/clients.ts";

const createBody = z.strictObject({
  domain: z.string().min(3).describe("Domain name."),
  type: z
    .enum(["auth0_managed_certs", "self_managed_certs"])
    .describe("The custom domain provisioning type."),
  verification_method: z.enum(["txt"]).optional(),
  tls_policy: z.string().optional(),
  custom_client_ip_header: z.string().nullable().optional(),
  domain_metadata: z.record(z.string(), z.string().nullable()).optional(),
  relying_party_identifier: z.string().optional(),
});

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
    query: z.looseObject({ ...checkpointQuery(), q: z.string().optional() }),
    handler: ({ query }, { db }) => {
      if (query.q === undefined && query.take === undefined && query.from === undefined) {
        return db.customDomains.find();
      }
      return checkpoints(query, {
        name: "custom_domains",
        rows: db.customDomains,
        order: ["key"],
        show: (row) => row,
        cursor: { form: idCursor, of: (row) => [row.custom_domain_id] },
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
    handler: ({ params }, { db }) => {
      const domain = db.customDomains.get(params.id);
      if (domain === undefined) throw missing.customDomain(params.id);
      return domain;
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/custom-domains",
    operation: "post_custom-domains",
    access: ["create:custom_domains"],
    success: 201,
    body: createBody,
    handler: ({ body }, { db, clock }) => {
      if (db.customDomains.find().some((other) => other.domain === body.domain)) {
        throw conflict("The custom domain already exists.");
      }
      const id = `cd_${alphanumeric(16)}`;
      const managed = body.type === "auth0_managed_certs";
      const record = managed
        ? `${TENANT_NAME}-cd-${id.slice(3).toLowerCase()}.edge.tenants.example`
        : crypto.randomUUID();
      const name = managed ? body.domain : `_cf-custom-hostname.${body.domain}`;
      const domain = compact({
        custom_domain_id: id,
        domain: body.domain,
        primary: false,
        is_default: false,
        status: "pending_verification",
        type: body.type,
        verification: { methods: [{ name: managed ? "CNAME" : "TXT", record, domain: name }] },
        ...(managed ? { tls_policy: body.tls_policy ?? "recommended" } : {}),
        domain_metadata: body.domain_metadata ?? {},
        created_at: timestamp(clock),
      });
      return db.customDomains.insert(domain);
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/custom-domains/:id",
    operation: "patch_custom-domains_by_id",
    access: ["update:custom_domains"],
    success: 200,
    params: idParams,
    body: createBody.omit({ domain: true, type: true, verification_method: true }),
    handler: ({ params, body }, { db }) => {
      const domain = db.customDomains.get(params.id);
      if (domain === undefined) throw missing.customDomain(params.id);
      return db.customDomains.put(patched(domain, body));
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
