import { randomUUID } from "node:crypto";
import { z } from "zod";
import { alphanumeric, eq, like, without } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { conflict, invalidBody, invalidQuery, notFound } from "../errors.ts";
import { compact, patched } from "../objects.ts";
import { endpoints } from "./access.ts";
import { fieldsQuery, pickFields } from "./fields.ts";
import { choice, idParams, keptMetadata, metadata } from "./formats.ts";
import { checkpointReply, pagedByCheckpoint } from "./paging.ts";
import type { CustomDomainRecord } from "./record.ts";

function domainNotFound(name: string) {
  return notFound(`The custom domain ${name} does not exist`, "inexistent_custom_domain");
}

function findCustomDomain({ data }: Auth0Context, id: string): CustomDomainRecord {
  const found = data.customDomains.get(id);
  if (found === undefined) throw domainNotFound(id);
  return found;
}

const settings = {
  tls_policy: choice(["recommended"], "Custom domain TLS policy."),
  custom_client_ip_header: z
    .enum(["true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip", ""])
    .nullable()
    .optional()
    .describe("The HTTP header to fetch the client's IP address"),
  domain_metadata: metadata(10, "Domain metadata associated with the custom domain.").optional(),
};

const createBody = z.strictObject({
  domain: z.string().min(3).describe("Domain name."),
  type: z
    .enum(["auth0_managed_certs", "self_managed_certs"])
    .describe("The custom domain provisioning type."),
  verification_method: choice(["txt"], "Custom domain verification method."),
  relying_party_identifier: z
    .string()
    .optional()
    .describe("Relying Party ID (rpId) to be used for Passkeys."),
  ...settings,
});

const updateBody = z.strictObject({
  relying_party_identifier: z.string().nullable().optional(),
  ...settings,
});

/** Which domains a search (`q`) is for: those whose name it is, or begins with what stands before a `*`. */
function domainsWhere(q: string | undefined) {
  if (q === undefined) return undefined;
  const [, name] = /^domain:"?([^"\s]+)"?$/.exec(q) ?? [];
  if (name === undefined) throw invalidQuery("q", "Unsupported query");
  return name.includes("*") ? like<"domain">("domain", name) : eq<"domain">("domain", name);
}

/** How the owner of a domain proves to be its owner. */
function verificationOf(id: string, { domain, type }: z.output<typeof createBody>) {
  const record = `local-cd-${id.slice(3).toLowerCase()}.edge.tenants.example`;
  const method =
    type === "auth0_managed_certs"
      ? { name: "CNAME", record, domain }
      : { name: "TXT", record: randomUUID(), domain: `_cf-custom-hostname.${domain}` };
  return { methods: [method] };
}

/** The domain that is used where a request names none: a custom one, or the tenant's own. */
function defaultDomain({ data }: Auth0Context, { origin }: Call): unknown {
  const chosen = data.customDomains.find().find((domain) => domain.is_default === true);
  return chosen ?? { domain: new URL(origin).host };
}

function chooseDefault({ data }: Auth0Context, { origin }: Call, name: string): void {
  const chosen = data.customDomains.first(eq("domain", name));
  if (chosen === undefined && name !== new URL(origin).host) throw domainNotFound(name);
  if (chosen !== undefined && chosen.status !== "ready") {
    throw invalidBody("The domain must be verified before it can be set as default.");
  }
  for (const domain of data.customDomains.find()) {
    data.customDomains.put({ ...domain, is_default: domain.custom_domain_id === chosen?.custom_domain_id });
  }
}

const all = { path: "/api/v2/custom-domains" };
const standard = { path: "/api/v2/custom-domains/default" };
const one = { path: "/api/v2/custom-domains/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("custom_domains", all, one);

/** Custom domains are kept and shown; nothing answers under them here, and none of them ever gets verified. */
export const customDomainRoutes = [
  route({
    ...create,
    operation: "post_custom-domains",
    body: createBody,
    handler: ({ body }, { data, now }) => {
      if (data.customDomains.first(eq("domain", body.domain)) !== undefined) {
        throw conflict("The custom domain already exists.");
      }
      const id = `cd_${alphanumeric(16)}`;
      return data.customDomains.insert({
        custom_domain_id: id,
        primary: false,
        is_default: false,
        status: "pending_verification",
        verification: verificationOf(id, body),
        ...(body.type === "auth0_managed_certs"
          ? { tls_policy: "recommended" }
          : { custom_client_ip_header: null }),
        ...compact({
          ...without(body, "verification_method"),
          domain_metadata: keptMetadata(body.domain_metadata),
        }),
        created_at: now(),
      });
    },
  }),
  route({
    ...list,
    operation: "get_custom-domains",
    query: z.looseObject({ ...pagedByCheckpoint(), ...fieldsQuery, q: z.string().optional() }),
    handler: ({ query }, { data }) => {
      const where = domainsWhere(query.q);
      const render = (domain: CustomDomainRecord) => pickFields(domain, query);
      if (query.take === undefined && query.from === undefined) {
        return data.customDomains.find(where).map(render);
      }
      return checkpointReply(query, {
        name: "custom_domains",
        rows: data.customDomains,
        where,
        order: ["key"],
        render,
      });
    },
  }),
  route({
    ...get,
    operation: "get_custom-domains_by_id",
    handler: ({ params }, context) => findCustomDomain(context, params.id),
  }),
  route({
    ...update,
    operation: "patch_custom-domains_by_id",
    body: updateBody,
    handler: ({ params, body }, context) => {
      const domain = findCustomDomain(context, params.id);
      const changed = patched(domain, {
        ...body,
        ...(body.domain_metadata === undefined
          ? {}
          : { domain_metadata: patched({ ...domain.domain_metadata }, body.domain_metadata) }),
      });
      // A header that is unset stays to be seen where there was one to set.
      const header = body.custom_client_ip_header ?? domain.custom_client_ip_header ?? null;
      return context.data.customDomains.put({
        ...changed,
        ...("custom_client_ip_header" in domain ? { custom_client_ip_header: header } : {}),
      });
    },
  }),
  route({
    ...create,
    path: `${one.path}/verify`,
    operation: "post_verify",
    params: idParams,
    handler: ({ params }, context) => findCustomDomain(context, params.id),
  }),
  route({
    ...remove,
    operation: "delete_custom-domains_by_id",
    handler: ({ params }, { data }) => {
      data.customDomains.delete(params.id);
    },
  }),
  route({
    ...list,
    ...standard,
    operation: "get_custom-domains_default",
    handler: ({ call }, context) => defaultDomain(context, call),
  }),
  route({
    ...standard,
    method: "PATCH",
    operation: "patch_custom-domains_default",
    access: ["update:custom_domains"],
    success: 200,
    body: z.strictObject({
      domain: z.string().min(3).max(255).describe("The domain to set as the default custom domain."),
    }),
    handler: ({ body, call }, context) => {
      chooseDefault(context, call, body.domain);
      return defaultDomain(context, call);
    },
  }),
];
