import { z } from "zod";
import { Reply } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { OAuthError } from "../errors.ts";
import { newClient } from "../management/clients/defaults.ts";
import { findSettings } from "../management/tenant-settings.ts";
import { compact } from "../objects.ts";

const tenantSchema = z.object({
  flags: z.object({ enable_dynamic_client_registration: z.boolean().catch(false) }).catch({
    enable_dynamic_client_registration: false,
  }),
  dynamic_client_registration_security_mode: z.enum(["strict", "permissive"]).catch("strict"),
});

/** The grants of applications that register themselves; others are left out (Auth0 docs, "Dynamic Client Registration"). */
const GRANTS = ["authorization_code", "refresh_token"];

/** An exact URL, of any scheme but those of scripts and files. */
const callback = z
  .string()
  .refine((url) => URL.canParse(url) && !/[*{}#]/.test(url) && !/^(javascript|data|blob|file):/i.test(url));

const registrationSchema = z.looseObject({
  redirect_uris: z.array(callback).min(1),
  client_name: z
    .string()
    .min(1)
    .regex(/^[^<>]+$/)
    .default("My App"),
  token_endpoint_auth_method: z
    .enum(["none", "client_secret_post", "client_secret_basic"])
    .default("client_secret_post"),
  grant_types: z.array(z.string()).default(["authorization_code"]),
  response_types: z.array(z.literal("code")).optional(),
  application_type: z.enum(["native", "web"]).optional(),
  logo_uri: z.string().optional(),
});

/** Reads what an application says of itself. Throws 400 with the errors of RFC 7591, 3.2.2. */
function readMetadata(body: unknown) {
  const { data, error } = registrationSchema.safeParse(body);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const [field = "body"] = issue?.path ?? [];
  const code = field === "redirect_uris" ? "invalid_redirect_uri" : "invalid_client_metadata";
  throw new OAuthError(400, code, `${String(field)}: ${issue?.message ?? "invalid"}`);
}

const APP_TYPES = { native: "native", web: "regular_web" } as const;

/** Makes the application that a request describes: a third party's. */
function register({ data }: Auth0Context, mode: "strict" | "permissive", body: unknown): unknown {
  const asked = readMetadata(body);
  const method = asked.token_endpoint_auth_method;
  const client = data.clients.insert(
    newClient(
      compact({
        name: asked.client_name,
        is_first_party: false,
        third_party_security_mode: mode,
        callbacks: asked.redirect_uris,
        token_endpoint_auth_method: method,
        grant_types: asked.grant_types.filter((type) => GRANTS.includes(type)),
        logo_uri: asked.logo_uri,
        app_type: asked.application_type && APP_TYPES[asked.application_type],
      }),
    ),
  );
  return compact({
    client_name: client.name,
    client_id: client.client_id,
    client_secret: method === "none" ? undefined : client.client_secret,
    redirect_uris: asked.redirect_uris,
    client_secret_expires_at: 0,
    grant_types: client.grant_types,
    token_endpoint_auth_method: method,
  });
}

/** Applications that register themselves, without a token, where the tenant lets them (RFC 7591). */
export const registrationRoutes = [
  route({
    method: "POST",
    path: "/oidc/register",
    operation: "register",
    access: "public",
    success: 201,
    body: z.unknown(),
    handler: ({ body }, context) => {
      const { flags, dynamic_client_registration_security_mode: mode } = tenantSchema.parse(
        findSettings(context),
      );
      if (!flags.enable_dynamic_client_registration) {
        throw new OAuthError(403, "access_denied", "Dynamic client registration is not enabled.");
      }
      return new Reply(201, register(context, mode, body), { "cache-control": "no-store" });
    },
  }),
];
