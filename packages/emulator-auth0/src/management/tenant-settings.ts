import { z } from "zod";
import { isRecord, jsonObjectSchema, jsonSchema, recordOr, without } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { patched } from "../objects.ts";
import { fieldsQuery, pickFields } from "./fields.ts";
import { choice, flag } from "./formats.ts";
import type { OlderAnswer } from "./record.ts";

/** Auth0 docs: Management API, PATCH /tenants/settings. */
const SETTINGS = `
  acr_values_supported allow_organization_name_in_authentication_api allowed_logout_urls
  authorization_response_iss_parameter_supported change_password country_codes customize_mfa_in_postlogin_action
  default_audience default_directory default_redirection_uri default_token_quota device_flow enable_ai_guide
  enabled_locales ephemeral_session_lifetime error_page friendly_name guardian_mfa_page
  idle_ephemeral_session_lifetime idle_session_lifetime include_session_metadata_in_tenant_logs
  legacy_sandbox_version mtls oidc_logout phone_consolidated_experience picture_url
  pushed_authorization_requests_supported sandbox_version session_cookie session_lifetime
  sessions skip_non_verifiable_callback_uri_confirmation_prompt support_email support_url`;

const settingsBody = z.strictObject({
  ...Object.fromEntries(
    SETTINGS.trim()
      .split(/\s+/)
      .map((name) => [name, jsonSchema.optional()]),
  ),
  resource_parameter_profile: choice(
    ["audience", "compatibility"],
    "Profile that determines how the identity of the protected resource can be specified in the OAuth endpoints.",
  ),
  client_id_metadata_document_supported: flag(
    "Whether the authorization server supports retrieving client metadata from a client_id URL.",
  ),
  dynamic_client_registration_security_mode: choice(
    ["strict", "permissive"],
    "Security mode of clients that register themselves.",
  ),
  flags: z
    .intersection(
      jsonObjectSchema,
      z.looseObject({
        enable_dynamic_client_registration: flag(
          "Whether third-party developers can dynamically register applications for your APIs.",
        ),
      }),
    )
    .nullable()
    .optional(),
});

/** What only the answer to a read shows: the second until somebody sets it. */
const READ_ONLY = { sandbox_versions_available: ["22", "18"], client_id_metadata_document_supported: false };

/** Flags that only the answer to a change shows. */
const FLAGS_OF_CHANGES = {
  cannot_change_enforce_client_authentication_on_passwordless_start: true,
  enforce_client_authentication_on_passwordless_start: true,
};

/** What of the login page only the answer to a change shows. */
const LOGIN_OF_CHANGES = [
  ...["is_custom_theme_set", "is_custom_template_set"],
  ...["identifier_first", "webauthn_platform_first_factor"],
];

/** The tenant's settings. */
export function findSettings({ data }: Auth0Context): Readonly<Record<string, unknown>> {
  return without(data.settings.get("settings") ?? { key: "settings" }, "key");
}

/** Whether the tenant has the vendor's early-access features. */
export function hasEarlyAccess({ data }: Auth0Context): boolean {
  return data.features.get("features")?.early_access === true;
}

/** Whether the tenant still answers as before one of the vendor's changes of 2026. */
export function answersAsBefore({ data }: Auth0Context, change: OlderAnswer): boolean {
  return data.features.get("features")?.older?.includes(change) === true;
}

/** Whether organizations say what third parties' clients may do: with all early access, or with that alone. */
export function saysThirdPartyAccess({ data }: Auth0Context): boolean {
  const access = data.features.get("features")?.early_access;
  return access === true || access === "third-party clients";
}

/** The tenant's settings are one thing: they are read and changed, never made. */
export const tenantSettingRoutes = [
  route({
    path: "/api/v2/tenants/settings",
    method: "GET",
    operation: "tenant_settings_route",
    access: ["read:tenant_settings"],
    success: 200,
    query: z.looseObject(fieldsQuery),
    handler: ({ query }, context) => {
      const { universal_login: login, ...settings } = findSettings(context);
      const shown = isRecord(login) ? { universal_login: without(login, ...LOGIN_OF_CHANGES) } : {};
      return pickFields({ ...READ_ONLY, ...settings, ...shown }, query);
    },
  }),
  route({
    path: "/api/v2/tenants/settings",
    method: "PATCH",
    operation: "patch_settings",
    access: ["update:tenant_settings"],
    success: 200,
    body: settingsBody,
    handler: ({ body }, context) => {
      const old = findSettings(context);
      const flags = { ...recordOr(old.flags), ...recordOr(body.flags) };
      // An empty text takes the URI away.
      const unset =
        Reflect.get(body, "default_redirection_uri") === "" ? { default_redirection_uri: null } : {};
      const settings = patched(old, { ...body, flags, ...unset });
      context.data.settings.put({ ...settings, key: "settings" });
      return {
        ...Object.fromEntries(
          Object.entries(settings).filter(([name]) => name !== "sandbox_versions_available"),
        ),
        flags: { ...flags, ...FLAGS_OF_CHANGES },
      };
    },
  }),
];
