/** What may be done with the resources of the Management API, as its scopes name them. */
const RESOURCES = {
  "create read update delete": `
    actions authentication_methods client_credentials client_grants client_keys clients connection_profiles connections
    custom_domains custom_signing_keys device_credentials directory_provisionings email_provider encryption_keys event_streams flows flows_vault_connections
    forms hooks log_streams network_acls organization_clients organization_connections
    organization_discovery_domains organizations phone_providers phone_templates resource_servers roles rules
    scim_config self_service_profiles shields token_exchange_profiles user_attribute_profiles users
    users_app_metadata`,
  "create read update": "connections_keys email_templates signing_keys",
  "create read delete": `
    organization_client_grants organization_group_roles organization_invitations organization_member_roles
    organization_members role_members scim_token user_custom_blocks`,
  "read update delete": "branding refresh_tokens rules_configs sessions",
  "read update": `
    attack_protection connections_options guardian_factors mfa_policies prompts tenant_settings triggers`,
  "read delete": "anomaly_blocks grants guardian_enrollments",
  "create delete": "sso_access_tickets",
  create: "guardian_enrollment_tickets user_tickets",
  read: `
    client_summary entitlements insights logs logs_users organization_member_effective_roles organizations_summary
    stats`,
};

/** The scopes of the Management API, each with a description; a list in its manner, not a copy of it. */
export const MANAGEMENT_SCOPES = Object.entries(RESOURCES).flatMap(([verbs, resources]) =>
  resources
    .trim()
    .split(/\s+/)
    .flatMap((resource) =>
      verbs.split(" ").map((verb) => ({
        value: `${verb}:${resource}`,
        description: titled(`${verb} ${resource.replaceAll("_", " ")}`),
      })),
    ),
);

function titled(text: string): string {
  return text.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
