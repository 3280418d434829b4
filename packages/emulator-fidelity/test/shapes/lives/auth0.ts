import { generateKeyPairSync } from "node:crypto";
import type { Life } from "./life.ts";

const api = "https://ai.example.com";
const ada = "auth0|64f0000000000000000000a1";
const user = encodeURIComponent(ada);
const grants = { grant_types: ["client_credentials"], app_type: "non_interactive" };

/** The life of an Auth0 tenant: an organization with all that belongs to it, as the stack declares it and more. */
export async function liveAuth0(life: Life): Promise<void> {
  const connection = await life.make("/api/v2/connections", {
    name: "people",
    strategy: "auth0",
    options: { passwordPolicy: "good", brute_force_protection: true },
  });
  await life.ask("PATCH", `/api/v2/connections/${connection}`, { metadata: { owner: "platform" } });
  await life.make("/api/v2/resource-servers", { identifier: api, name: "AI API" });
  await life.ask("PATCH", `/api/v2/resource-servers/${encodeURIComponent(api)}`, {
    scopes: [{ value: "ai:read", description: "Read" }],
  });
  await clients(life, connection);
  await people(life);
  await organizations(life, connection);
  await life.ask("PATCH", "/api/v2/tenants/settings", {
    friendly_name: "AI",
    client_id_metadata_document_supported: true,
  });
  await documentClient(life);
  await provisioning(life);
  await profiles(life);
  await customDomains(life);
  await signingKeys(life);
  await life.read(
    "/api/v2/connections",
    "/api/v2/connections?take=10",
    `/api/v2/connections/${connection}`,
    "/api/v2/resource-servers",
    "/api/v2/resource-servers?include_totals=true",
    `/api/v2/resource-servers/${encodeURIComponent(api)}`,
    "/api/v2/tenants/settings",
    "/api/v2/rules",
    "/api/v2/actions/actions",
  );
}

/** The metadata document of a client. */
export const CLIENT_DOCUMENT = {
  client_id: "https://assistant.example.com/client.json",
  client_name: "Assistant",
  redirect_uris: ["https://assistant.example.com/callback"],
  grant_types: ["authorization_code", "refresh_token"],
};

async function documentClient(life: Life): Promise<void> {
  const document = { external_client_id: CLIENT_DOCUMENT.client_id };
  await life.ask("POST", "/api/v2/clients/cimd/preview", document);
  const id = await life.make("/api/v2/clients/cimd/register", document, "client_id");
  await life.ask("PATCH", `/api/v2/clients/${id}`, { organization_usage: "require" });
  await life.read(`/api/v2/clients/${id}`);
}

async function provisioning(life: Life): Promise<void> {
  const { id: okta } = await life.ask("POST", "/api/v2/connections", {
    name: "workforce",
    strategy: "okta",
    options: { domain: "acme.okta.com", client_id: "c", token_endpoint_auth_method: "private_key_jwt" },
  });
  const scim = `/api/v2/connections/${String(okta)}/scim-configuration`;
  await life.ask("POST", scim);
  await life.ask("PATCH", scim, { user_id_attribute: "id", mapping: [{ scim: "userName", auth0: "name" }] });
  await life.ask("POST", `${scim}/tokens`, { scopes: ["get:users"], token_lifetime: 900 });
  await life.ask("POST", `/api/v2/connections/${String(okta)}/keys/rotate`);
  const { id: google } = await life.ask("POST", "/api/v2/connections", {
    name: "directory",
    strategy: "google-apps",
    options: { domain: "example.com" },
  });
  const directory = `/api/v2/connections/${String(google)}/directory-provisioning`;
  await life.ask("POST", directory, {});
  await life.ask("PATCH", directory, { synchronize_groups: "selected" });
  await life.ask("PUT", `${directory}/synchronized-groups`, { groups: [{ id: "one" }] });
  await life.read(
    scim,
    `${scim}/default-mapping`,
    `${scim}/tokens`,
    `/api/v2/connections/${String(okta)}/keys`,
    directory,
    `${directory}/default-mapping`,
    `${directory}/synchronized-groups`,
  );
}

async function profiles(life: Life): Promise<void> {
  const connections = "/api/v2/connection-profiles";
  const attributes = "/api/v2/user-attribute-profiles";
  const one = `${connections}/${await life.make(connections, { name: "p", enabled_features: ["scim"] })}`;
  const email = { label: "Email", description: "Email", profile_required: true, auth0_mapping: "email" };
  const other = `${attributes}/${await life.make(attributes, { name: "u", user_attributes: { email } })}`;
  await life.ask("PATCH", one, { name: "q" });
  await life.ask("PATCH", other, { name: "v" });
  await life.read(connections, one, attributes, other);
}

async function customDomains(life: Life): Promise<void> {
  const path = "/api/v2/custom-domains";
  const id = await life.make(
    path,
    { domain: "login.example.com", type: "auth0_managed_certs" },
    "custom_domain_id",
  );
  await life.ask("PATCH", `${path}/${id}`, { tls_policy: "recommended" });
  await life.ask("POST", `${path}/${id}/verify`);
  const { domain } = await life.ask("GET", `${path}/default`);
  await life.ask("PATCH", `${path}/default`, { domain });
  await life.read(path, `${path}/${id}`);
}

async function signingKeys(life: Life): Promise<void> {
  const path = "/api/v2/keys/signing";
  const key = await life.make(`${path}/rotate`, undefined, "kid");
  // The key that comes next becomes the current one, and then the one before.
  await life.ask("POST", `${path}/rotate`);
  await life.ask("POST", `${path}/rotate`);
  await life.read(path, `${path}/${key}`);
  await life.ask("PUT", `${path}/${key}/revoke`);
}

async function clients(life: Life, connection: string): Promise<void> {
  const login = await life.make(
    "/api/v2/clients",
    {
      name: "AI Console",
      app_type: "regular_web",
      callbacks: ["https://example.com/callback"],
      oidc_conformant: true,
      organization_usage: "require",
      organization_require_behavior: "pre_login_prompt",
      refresh_token: { rotation_type: "rotating", expiration_type: "expiring" },
    },
    "client_id",
  );
  await life.ask("POST", `/api/v2/clients/${login}/rotate-secret`);
  await life.ask("PATCH", `/api/v2/clients/${login}`, { description: "Where people log in" });
  await life.ask("PATCH", `/api/v2/connections/${connection}/clients`, [{ client_id: login, status: true }]);
  const machine = await life.make("/api/v2/clients", { name: "Machine", ...grants }, "client_id");
  const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
    type: "spki",
    format: "pem",
  });
  const credential = await life.make(`/api/v2/clients/${machine}/credentials`, {
    credential_type: "public_key",
    name: "first",
    pem,
    alg: "RS256",
  });
  await life.ask("PATCH", `/api/v2/clients/${machine}/credentials/${credential}`, {
    expires_at: "2099-01-01T00:00:00.000Z",
  });
  const grant = await life.make("/api/v2/client-grants", {
    client_id: machine,
    audience: api,
    scope: ["ai:read"],
    organization_usage: "allow",
  });
  await life.ask("PATCH", `/api/v2/client-grants/${grant}`, { scope: ["ai:read"] });
  const organization = await life.make("/api/v2/organizations", { name: "machines" });
  const grantsPath = `/api/v2/organizations/${organization}/client-grants`;
  await life.make(grantsPath, { grant_id: grant });
  await life.read(
    "/api/v2/clients",
    "/api/v2/clients?include_totals=true",
    `/api/v2/clients/${login}`,
    `/api/v2/clients/${login}/connections`,
    `/api/v2/connections/${connection}/clients`,
    `/api/v2/clients/${machine}/credentials`,
    `/api/v2/clients/${machine}/credentials/${credential}`,
    "/api/v2/client-grants",
    `/api/v2/client-grants/${grant}`,
    `/api/v2/client-grants/${grant}/organizations`,
    grantsPath,
  );
}

async function people(life: Life): Promise<void> {
  const made = await life.make(
    "/api/v2/users",
    {
      connection: "Username-Password-Authentication",
      email: "margaret@example.com",
      password: "a Long-enough 1 password",
      user_metadata: { team: "research" },
    },
    "user_id",
  );
  await life.ask("PATCH", `/api/v2/users/${encodeURIComponent(made)}`, { nickname: "Margaret" });
  const role = await life.make("/api/v2/roles", { name: "reader", description: "Reads" });
  await life.ask("PATCH", `/api/v2/roles/${role}`, { description: "Reads all" });
  const permissions = { permissions: [{ resource_server_identifier: api, permission_name: "ai:read" }] };
  await life.ask("POST", `/api/v2/roles/${role}/permissions`, permissions);
  await life.ask("POST", `/api/v2/roles/${role}/users`, { users: [ada] });
  await life.ask("POST", `/api/v2/users/${encodeURIComponent(made)}/roles`, { roles: [role] });
  await life.ask("POST", `/api/v2/users/${user}/permissions`, permissions);
  await life.read(
    "/api/v2/roles",
    `/api/v2/roles/${role}`,
    `/api/v2/roles/${role}/permissions`,
    `/api/v2/roles/${role}/users`,
    "/api/v2/users",
    "/api/v2/users?include_totals=true&q=email%3A%22ada%40example.com%22&search_engine=v3",
    "/api/v2/users-by-email?email=ada%40example.com",
    `/api/v2/users/${encodeURIComponent(made)}`,
    `/api/v2/users/${user}/roles`,
    `/api/v2/users/${user}/permissions`,
  );
}

async function organizations(life: Life, connection: string): Promise<void> {
  const id = await life.make("/api/v2/organizations", {
    name: "my-awesome-company",
    display_name: "My Awesome Company",
    branding: {
      logo_url: "https://example.com/logo.png",
      colors: { primary: "#0000FF", page_background: "#FFFFFF" },
    },
    metadata: { plan: "pro" },
  });
  const path = `/api/v2/organizations/${id}`;
  await life.ask("PATCH", path, { display_name: "My Company" });
  await life.ask("POST", `${path}/connections`, {
    connection_id: connection,
    assign_membership_on_login: true,
  });
  await life.ask("PATCH", `${path}/connections/${connection}`, { show_as_button: false });
  await life.ask("PATCH", `${path}/enabled_connections/${connection}`, { assign_membership_on_login: false });
  const role = await life.make("/api/v2/roles", { name: "editor", description: "Edits" });
  await life.ask("POST", `${path}/members`, { members: [ada] });
  await life.ask("POST", `${path}/members/${user}/roles`, { roles: [role] });
  await life.read(
    "/api/v2/organizations",
    "/api/v2/organizations?take=10",
    "/api/v2/organizations/name/my-awesome-company",
    path,
    `${path}/connections`,
    `${path}/connections/${connection}`,
    `${path}/enabled_connections`,
    `${path}/enabled_connections/${connection}`,
    `${path}/members`,
    `${path}/members?fields=user_id,roles&include_fields=true`,
    `${path}/members/${user}/roles`,
    `/api/v2/users/${user}/organizations`,
  );
  const other = await life.make("/api/v2/organizations", { name: "another" });
  await life.ask("POST", `/api/v2/organizations/${other}/enabled_connections`, { connection_id: connection });
  await belongings(life, path, role);
}

/** What else belongs to an organization: clients, domains, invitations, roles of its own. */
async function belongings(life: Life, path: string, role: string): Promise<void> {
  const client = await life.make(
    "/api/v2/clients",
    {
      name: "Portal",
      app_type: "spa",
      initiate_login_uri: "https://example.com/login",
      organization_usage: "allow",
    },
    "client_id",
  );
  await life.ask("POST", `${path}/clients`, {
    clients: [{ client_id: client, use_for_member_access: true }],
  });
  await life.ask("PATCH", `${path}/clients/${client}`, { use_for_member_access: false });
  const domain = await life.make(`${path}/discovery-domains`, { domain: "example.com" });
  await life.ask("PATCH", `${path}/discovery-domains/${domain}`, { status: "verified" });
  const invitation = await life.make(`${path}/invitations`, {
    inviter: { name: "Ada" },
    invitee: { email: "new@example.com" },
    client_id: client,
    send_invitation_email: false,
  });
  await life.read(
    `${path}/clients`,
    `${path}/clients/${client}`,
    `${path}/discovery-domains`,
    `${path}/discovery-domains/${domain}`,
    `${path}/discovery-domains/name/example.com`,
    `${path}/invitations`,
    `${path}/invitations/${invitation}`,
    `${path}/roles/${role}/members`,
    `${path}/roles/${role}/groups`,
    `${path}/members/${user}/effective-roles`,
  );
}
