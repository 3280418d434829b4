import { alphanumeric, objectId, urlSafe } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "./context.ts";
import { newClient } from "./management/clients/defaults.ts";
import { newOptions } from "./management/connections/options.ts";
import type { SigningKeyRecord } from "./management/record.ts";
import { NEW_RESOURCE_SERVER } from "./management/resource-servers/body.ts";
import { MANAGEMENT_API } from "./management/resource-servers/identifier.ts";
import { MANAGEMENT_SCOPES } from "./management/scopes.ts";
import { seedPeople } from "./people.ts";

/** The connection that every new tenant has. */
export const FIRST_CONNECTION = "Username-Password-Authentication";

/**
 * Fills an empty tenant with what a new tenant of the vendor has, and with a client that may use the whole
 * Management API, which on a real tenant somebody makes by hand. All credentials are random.
 */
export function seedTenant(
  context: Auth0Context,
  keys: { readonly current: SigningKeyRecord; readonly next: SigningKeyRecord },
): void {
  const { data, now } = context;
  data.signingKeys.insert({ ...keys.current, current_since: now() });
  data.signingKeys.insert(keys.next);
  data.settings.insert({ key: "settings", ...SETTINGS });
  seedConnection(context);
  seedPeople(context, FIRST_CONNECTION);
  data.resourceServers.insert({
    id: objectId(context.clock),
    name: "Auth0 Management API",
    identifier: MANAGEMENT_API,
    ...NEW_RESOURCE_SERVER,
    scopes: MANAGEMENT_SCOPES,
    is_system: true,
  });
  seedClients(context);
}

function seedConnection({ data }: Auth0Context): void {
  data.connections.insert({
    id: `con_${alphanumeric(16)}`,
    // Users of this connection may have an email address, a user name, or both.
    options: newOptions("auth0", {
      attributes: {
        email: { identifier: { active: true }, profile_required: false, signup: { status: "required" } },
        username: { identifier: { active: true }, profile_required: false, signup: { status: "optional" } },
      },
    }),
    strategy: "auth0",
    name: FIRST_CONNECTION,
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    realms: [FIRST_CONNECTION],
  });
}

function seedClients({ data }: Auth0Context): void {
  const management = {
    clientId: alphanumeric(32),
    clientSecret: urlSafe(64),
    apiToken: `local_${urlSafe(64)}`,
  };
  data.identity.insert({ key: "identity", management });
  data.clients.insert({
    ...newClient({ name: "All Applications" }),
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    global: true,
    sso: false,
    cross_origin_auth: false,
    callbacks: [],
  });
  data.clients.insert(newClient({ name: "Default App" }));
  data.clients.insert({
    ...newClient({
      name: "Local management client",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "client_secret_post",
    }),
    client_id: management.clientId,
    client_secret: management.clientSecret,
  });
  data.clientGrants.insert({
    id: `cgr_${alphanumeric(16)}`,
    client_id: management.clientId,
    audience: MANAGEMENT_API,
    scope: MANAGEMENT_SCOPES.map(({ value }) => value),
    subject_type: "client",
  });
}

/** The settings of a new tenant. */
const SETTINGS = {
  allowed_logout_urls: [],
  default_audience: "",
  default_directory: "",
  enabled_locales: ["en"],
  flags: {
    allow_changing_enable_sso: false,
    disable_impersonation: true,
    enable_sso: true,
    universal_login: true,
    revoke_refresh_token_grant: false,
    disable_clickjack_protection_headers: false,
  },
  friendly_name: "Local tenant",
  picture_url: "",
  support_email: "",
  support_url: "",
  session_lifetime: 168,
  idle_session_lifetime: 72,
  ephemeral_session_lifetime: 72,
  idle_ephemeral_session_lifetime: 24,
  sandbox_version: "22",
  session_cookie: { mode: "persistent" },
  oidc_logout: { rp_logout_end_session_endpoint_discovery: true },
  allow_organization_name_in_authentication_api: false,
  customize_mfa_in_postlogin_action: false,
  pushed_authorization_requests_supported: false,
  resource_parameter_profile: "audience",
};
