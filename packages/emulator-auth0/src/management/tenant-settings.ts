import { z } from "zod";
import { jsonObjectSchema, jsonSchema, recordOr } from "@ai-api-access/emulator-core";
import { patched, without } from "../changes.ts";
import type { Collections } from "../collections.ts";
import { route } from "../context.ts";
import { fieldsQuery, pickFields } from "../fields.ts";

const nullable = jsonSchema.optional();

/** The settings that PATCH takes (Auth0 docs: Management API, PATCH /tenants/settings). */
const settingsBody = z.strictObject({
  ...Object.fromEntries(
    [
      "acr_values_supported",
      "allow_organization_name_in_authentication_api",
      "allowed_logout_urls",
      "change_password",
      "client_id_metadata_document_supported",
      "country_codes",
      "customize_mfa_in_postlogin_action",
      "default_audience",
      "default_directory",
      "default_redirection_uri",
      "default_token_quota",
      "device_flow",
      "dynamic_client_registration_security_mode",
      "enabled_locales",
      "ephemeral_session_lifetime",
      "error_page",
      "friendly_name",
      "guardian_mfa_page",
      "idle_ephemeral_session_lifetime",
      "idle_session_lifetime",
      "mtls",
      "oidc_logout",
      "phone_consolidated_experience",
      "picture_url",
      "pushed_authorization_requests_supported",
      "resource_parameter_profile",
      "sandbox_version",
      "legacy_sandbox_version",
      "session_cookie",
      "session_lifetime",
      "sessions",
      "skip_non_verifiable_callback_uri_confirmation_prompt",
      "support_email",
      "support_url",
      "enable_ai_guide",
      "include_session_metadata_in_tenant_logs",
    ].map((name) => [name, nullable]),
  ),
  flags: jsonObjectSchema.nullable().optional(),
});

/** What only the answer to a read shows: the second until somebody sets it. */
const READ_ONLY = { sandbox_versions_available: ["22", "18"], client_id_metadata_document_supported: false };

/** Flags that only the answer to a change shows. */
const FLAGS_OF_CHANGES = {
  cannot_change_enforce_client_authentication_on_passwordless_start: true,
  enforce_client_authentication_on_passwordless_start: true,
};

/** Settings that an empty text takes away. */
const UNSET_BY_EMPTY = ["default_redirection_uri"];

function settingsOf(db: Collections): Record<string, unknown> {
  return without(db.settings.get("settings") ?? { key: "settings" }, "key");
}

export const tenantSettingRoutes = [
  route({
    method: "GET",
    path: "/api/v2/tenants/settings",
    operation: "tenant_settings_route",
    access: ["read:tenant_settings"],
    success: 200,
    query: z.looseObject(fieldsQuery),
    handler: ({ query }, { db }) => pickFields({ ...READ_ONLY, ...settingsOf(db) }, query),
  }),
  route({
    method: "PATCH",
    path: "/api/v2/tenants/settings",
    operation: "patch_settings",
    access: ["update:tenant_settings"],
    success: 200,
    body: settingsBody,
    handler: ({ body }, { db }) => {
      const old = settingsOf(db);
      const flags = { ...recordOr(old.flags), ...recordOr(body.flags) };
      const unset = UNSET_BY_EMPTY.filter((name) => Reflect.get(body, name) === "");
      const settings = patched(old, {
        ...body,
        flags,
        ...Object.fromEntries(unset.map((name) => [name, null])),
      });
      db.settings.put({ ...settings, key: "settings" });
      return {
        ...without(settings, "sandbox_versions_available"),
        flags: { ...flags, ...FLAGS_OF_CHANGES },
      };
    },
  }),
];
