import { z } from "zod";
import type { ClientRecord } from "../management/clients/record.ts";

const urls = z.array(z.string()).catch([]);
const seconds = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/**
 * What signing in depends on of an application's settings. The Management API stores some of them as they were
 * given, so whatever does not make sense counts as left out.
 */
const settingsSchema = z.object({
  callbacks: urls,
  allowed_logout_urls: urls,
  oidc_conformant: z.boolean().catch(false),
  logo_uri: z
    .url({ protocol: /^https$/ })
    .optional()
    .catch(undefined),
  organization_usage: z.enum(["deny", "allow", "require"]).catch("deny"),
  organization_require_behavior: z
    .enum(["no_prompt", "pre_login_prompt", "post_login_prompt"])
    .catch("no_prompt"),
  organization_discovery_methods: z.array(z.string()).catch([]),
  default_organization: z
    .object({ organization_id: z.string(), flows: z.array(z.string()) })
    .optional()
    .catch(undefined),
  jwt_configuration: z
    .object({
      // The Management API's own default, which answers do not show (terraform-provider-auth0, issue 48).
      alg: z.enum(["HS256", "RS256", "RS512", "PS256"]).catch("HS256"),
      lifetime_in_seconds: z.number().catch(36_000),
    })
    .catch({ alg: "HS256", lifetime_in_seconds: 36_000 }),
  refresh_token: z
    .object({
      rotation_type: z.enum(["rotating", "non-rotating"]).catch("non-rotating"),
      leeway: z.number().catch(0),
      token_lifetime: seconds,
      infinite_token_lifetime: flag,
      idle_token_lifetime: seconds,
      infinite_idle_token_lifetime: flag,
    })
    .catch({ rotation_type: "non-rotating", leeway: 0 }),
});

/** Reads an application's settings for signing in, the vendor's defaults filled in. */
export function clientSettings(client: ClientRecord): z.output<typeof settingsSchema> {
  return settingsSchema.parse(client);
}

/** Whether an application keeps no secret: it says so, or it runs in the browser and says nothing. */
export function isPublicClient(client: ClientRecord): boolean {
  const method = client.token_endpoint_auth_method;
  return method === "none" || (method === undefined && client.app_type === "spa");
}
