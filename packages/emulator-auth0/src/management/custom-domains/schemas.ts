import { z } from "zod";

const clientIpHeader = z
  .enum(["true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip", ""])
  .nullable()
  .optional()
  .describe("The HTTP header to fetch the client's IP address");

const settings = {
  tls_policy: z.enum(["recommended"]).optional().describe("Custom domain TLS policy."),
  custom_client_ip_header: clientIpHeader,
  domain_metadata: z
    .record(z.string().max(255), z.string().max(255).nullable())
    .refine((value) => Object.keys(value).length <= 10, {
      error: "Too many properties defined, maximum 10",
    })
    .optional()
    .describe("Domain metadata associated with the custom domain."),
};

export const createDomainBody = z.strictObject({
  domain: z.string().min(3).describe("Domain name."),
  type: z
    .enum(["auth0_managed_certs", "self_managed_certs"])
    .describe("The custom domain provisioning type."),
  verification_method: z.enum(["txt"]).optional().describe("Custom domain verification method."),
  relying_party_identifier: z
    .string()
    .optional()
    .describe("Relying Party ID (rpId) to be used for Passkeys."),
  ...settings,
});

export const updateDomainBody = z.strictObject({
  relying_party_identifier: z.string().nullable().optional(),
  ...settings,
});

export const defaultDomainBody = z.strictObject({
  domain: z.string().min(3).max(255).describe("The domain to set as the default custom domain."),
});
