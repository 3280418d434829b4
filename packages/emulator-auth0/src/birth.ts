import { alphanumeric, objectId, timestamp } from "@ai-api-access/emulator-core";
import { MANAGEMENT_API } from "./audience.ts";
import type { Identity, KeyMaterial } from "./collections.ts";
import type { Auth0Context } from "./context.ts";
import { newClient } from "./management/clients/defaults.ts";
import { newOptions } from "./management/connections/options.ts";
import { MANAGEMENT_SCOPES } from "./management-scopes.ts";
import { addPeople } from "./people.ts";

/** The connection that every tenant has from its first day. */
const FIRST_CONNECTION = "Username-Password-Authentication";

/**
 * Fills a new tenant with what a tenant of the vendor has on its first day, and with a client that may use
 * the whole Management API, which on a real tenant somebody makes by hand.
 */
export function populate(
  { db, clock }: Auth0Context,
  identity: Identity,
  keys: { readonly current: KeyMaterial; readonly next: KeyMaterial },
): void {
  const now = timestamp(clock);
  db.identity.insert(identity);
  db.signingKeys.insert({ ...keys.current, current_since: now });
  db.signingKeys.insert(keys.next);
  db.settings.insert({ key: "settings", ...settings() });
  db.connections.insert({
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
  addPeople(db, FIRST_CONNECTION, now);
  db.resourceServers.insert({
    id: objectId(clock),
    name: "Auth0 Management API",
    identifier: MANAGEMENT_API,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
    token_lifetime: 86400,
    token_lifetime_for_web: 7200,
    signing_alg: "RS256",
    scopes: [...MANAGEMENT_SCOPES],
    is_system: true,
  });
  addClients({ db, clock }, identity);
}

function addClients({ db }: Pick<Auth0Context, "db" | "clock">, { management }: Identity): void {
  db.clients.insert({
    ...newClient({ name: "All Applications" }),
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
    global: true,
    sso: false,
    cross_origin_auth: false,
    callbacks: [],
  });
  db.clients.insert(newClient({ name: "Default App" }));
  db.clients.insert({
    ...newClient({
      name: "Local management client",
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
      token_endpoint_auth_method: "client_secret_post",
    }),
    client_id: management.clientId,
    client_secret: management.clientSecret,
  });
  db.clientGrants.insert({
    id: `cgr_${alphanumeric(16)}`,
    client_id: management.clientId,
    audience: MANAGEMENT_API,
    scope: MANAGEMENT_SCOPES.map(({ value }) => value),
    subject_type: "client",
  });
}

/** The settings of a new tenant. */
function settings() {
  return {
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
}
