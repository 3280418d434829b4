import { randomUUID } from "node:crypto";
import { isObject } from "../../http/json.ts";
import type { Json, JsonObject } from "../../http/json.ts";
import { count, flag, list, object, text } from "../../table/property.ts";
import { lookedUp } from "../../table/data-source.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";

const settings = {
  acrValuesSupporteds: list("acr_values_supported"),
  allowOrganizationNameInAuthenticationApi: flag("allow_organization_name_in_authentication_api"),
  allowedLogoutUrls: list("allowed_logout_urls"),
  clientIdMetadataDocumentSupported: flag("client_id_metadata_document_supported"),
  customizeMfaInPostloginAction: flag("customize_mfa_in_postlogin_action"),
  defaultAudience: text("default_audience"),
  defaultDirectory: text("default_directory"),
  defaultRedirectionUri: text("default_redirection_uri"),
  disableAcrValuesSupported: flag("disable_acr_values_supported"),
  dynamicClientRegistrationSecurityMode: text("dynamic_client_registration_security_mode"),
  enabledLocales: list("enabled_locales"),
  ephemeralSessionLifetime: count("ephemeral_session_lifetime"),
  friendlyName: text("friendly_name"),
  idleEphemeralSessionLifetime: count("idle_ephemeral_session_lifetime"),
  idleSessionLifetime: count("idle_session_lifetime"),
  phoneConsolidatedExperience: flag("phone_consolidated_experience"),
  pictureUrl: text("picture_url"),
  pushedAuthorizationRequestsSupported: flag("pushed_authorization_requests_supported"),
  resourceParameterProfile: text("resource_parameter_profile"),
  sandboxVersion: text("sandbox_version"),
  sessionLifetime: count("session_lifetime"),
  skipNonVerifiableCallbackUriConfirmationPrompt: text(
    "skip_non_verifiable_callback_uri_confirmation_prompt",
  ),
  supportEmail: text("support_email"),
  supportUrl: text("support_url"),
  errorPage: object("error_page", {
    html: text("html"),
    showLogLink: flag("show_log_link"),
    url: text("url"),
  }),
  mtls: object("mtls", { disable: flag("disable"), enableEndpointAliases: flag("enable_endpoint_aliases") }),
  oidcLogout: object("oidc_logout", {
    rpLogoutEndSessionEndpointDiscovery: flag("rp_logout_end_session_endpoint_discovery"),
  }),
  sessionCookie: object("session_cookie", { mode: text("mode") }),
  session: object("sessions", { oidcLogoutPromptEnabled: flag("oidc_logout_prompt_enabled") }),
};

export const getTenant: FunctionType<Auth0Api> = {
  token: "auth0:index/getTenant:getTenant",
  what: "the tenant",
  args: {},

  async run(api) {
    const answer = await api.get("/tenants/settings");
    return {
      ...lookedUp(settings, answer),
      flags: [isObject(answer) ? booleans(answer.flags) : {}],
      id: randomUUID(),
      // Without the port, as the official plugin says it.
      domain: new URL(api.origin).hostname,
      managementApiIdentifier: `${api.origin}/api/v2/`,
    };
  },
};

/** `enable_client_connections` → `enableClientConnections`; the flags are all true or false. */
function booleans(flags: Json | undefined): Record<string, boolean> {
  const found: JsonObject = isObject(flags) ? flags : {};
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      typeof value === "boolean"
        ? [[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]]
        : [],
    ),
  );
}
