import { eq } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { invalidBody, missing } from "../../errors.ts";
import { idParams } from "../../lookups.ts";
import { customDomainOf } from "./custom-domains.ts";
import { defaultDomainBody } from "./schemas.ts";

/** The domain that is used where a request names none: a custom one, or the tenant's own. */
function defaultDomain(db: Collections, call: Call): unknown {
  const chosen = db.customDomains.find().find((domain) => domain.is_default === true);
  return chosen ?? { domain: new URL(call.origin).host };
}

function choose(db: Collections, id: string | undefined): void {
  for (const domain of db.customDomains.find()) {
    db.customDomains.put({ ...domain, is_default: domain.custom_domain_id === id });
  }
}

/** Which domain is the default, and whether one is verified. */
export const defaultDomainRoutes = [
  route({
    method: "GET",
    path: "/api/v2/custom-domains/default",
    operation: "get_custom-domains_default",
    access: ["read:custom_domains"],
    success: 200,
    handler: ({ call }, { db }) => defaultDomain(db, call),
  }),
  route({
    method: "PATCH",
    path: "/api/v2/custom-domains/default",
    operation: "patch_custom-domains_default",
    access: ["update:custom_domains"],
    success: 200,
    body: defaultDomainBody,
    handler: ({ body, call }, { db }) => {
      const domain = db.customDomains.first(eq("domain", body.domain));
      if (domain === undefined && body.domain !== new URL(call.origin).host)
        throw missing.customDomain(body.domain);
      if (domain !== undefined && domain.status !== "ready") {
        throw invalidBody("The domain must be verified before it can be set as default.");
      }
      choose(db, domain?.custom_domain_id);
      return defaultDomain(db, call);
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/custom-domains/:id/verify",
    operation: "post_verify",
    access: ["create:custom_domains"],
    success: 201,
    params: idParams,
    handler: ({ params }, { db }) => customDomainOf(db, params.id),
  }),
  route({
    method: "POST",
    path: "/api/v2/custom-domains/:id/test",
    operation: "post_test_domain",
    access: ["read:custom_domains"],
    success: 200,
    params: idParams,
    handler: ({ params }, { db }) => {
      customDomainOf(db, params.id);
      return { success: false, message: "A local tenant answers under its own domain alone." };
    },
  }),
];
