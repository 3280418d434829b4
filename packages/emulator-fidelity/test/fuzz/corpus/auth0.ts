import { generateKeyPairSync } from "node:crypto";
import { change, make, type Corpus } from "./step.ts";

const API = "/api/v2";
const ADA = "auth0|64f0000000000000000000a1";
const IDENTIFIER = "https://fuzz.example.com";
const PERMISSIONS = [{ resource_server_identifier: IDENTIFIER, permission_name: "ai:read" }];

interface Auth0 {
  readonly origin: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string };
}

/** One of everything that the Management API makes and changes, as its clients send it. */
export function* auth0Corpus({ origin, management }: Auth0): Corpus {
  const organization = yield* make(`${API}/organizations`, {
    name: "fuzz",
    display_name: "Fuzz",
    branding: {
      logo_url: "https://example.com/logo.png",
      colors: { primary: "#0000FF", page_background: "#FFFFFF" },
    },
    metadata: { plan: "pro" },
  });
  const own = `${API}/organizations/${organization}`;
  yield* change("PATCH", own, { display_name: "Fuzzy", metadata: { plan: null, tier: "1" } });
  const options = { passwordPolicy: "good", brute_force_protection: true };
  const connection = yield* make(`${API}/connections`, { name: "fuzz-users", strategy: "auth0", options });
  yield* change("PATCH", `${API}/connections/${connection}`, { options: { passwordPolicy: "fair" } });
  yield* people();
  yield* permissions(own);
  yield* applications(own, connection);
  yield* make(`${own}/discovery-domains`, { domain: "fuzz.example.com", status: "pending" });
  const domains = `${API}/custom-domains`;
  const login = { domain: "login.example.com", type: "auth0_managed_certs" };
  const domain = `${domains}/${yield* make(domains, login, domains, "custom_domain_id")}`;
  const changed = { tls_policy: "recommended", custom_client_ip_header: "cf-connecting-ip" };
  yield* change("PATCH", domain, changed, domain);
  yield* change("PATCH", `${API}/tenants/settings`, { friendly_name: "Fuzz" });
  yield {
    method: "POST",
    path: "/oauth/token",
    form: {
      grant_type: "client_credentials",
      client_id: management.clientId,
      client_secret: management.clientSecret,
      audience: `${origin}/api/v2/`,
    },
  };
}

function* people(): Corpus {
  const users = `${API}/users`;
  const login = { connection: "fuzz-users", email: "fuzz@example.com", password: "Correct-horse-9" };
  const id = yield* make(users, { ...login, user_metadata: { a: 1 } }, users, "user_id");
  const user = `${users}/${encodeURIComponent(id)}`;
  yield* change("PATCH", user, { name: "Fuzz", app_metadata: { b: [1, 2] } }, user);
}

function* permissions(own: string): Corpus {
  const api = yield* make(`${API}/resource-servers`, {
    name: "Fuzz",
    identifier: IDENTIFIER,
    scopes: [{ value: "ai:read", description: "Read" }, { value: "ai:write" }],
    token_lifetime: 3600,
  });
  const scopes = [{ value: "ai:read" }];
  yield* change("PATCH", `${API}/resource-servers/${api}`, { scopes, enforce_policies: true });
  const id = yield* make(`${API}/roles`, { name: "fuzz", description: "Fuzz" });
  const role = `${API}/roles/${id}`;
  yield* change("PATCH", role, { description: "Fuzzy" });
  yield* make(`${role}/permissions`, { permissions: PERMISSIONS }, role);
  yield* make(`${role}/users`, { users: [ADA] }, role);
  const user = `${API}/users/${encodeURIComponent(ADA)}`;
  yield* make(`${user}/roles`, { roles: [id] }, user);
  yield* make(`${user}/permissions`, { permissions: PERMISSIONS }, user);
  yield* make(`${own}/members`, { members: [ADA] }, own);
  yield* make(`${own}/members/${encodeURIComponent(ADA)}/roles`, { roles: [id] }, `${own}/roles/${id}`);
}

function* applications(own: string, connection: string): Corpus {
  const clients = `${API}/clients`;
  const site = {
    name: "Fuzz website",
    app_type: "regular_web",
    callbacks: ["https://example.com/callback"],
    allowed_logout_urls: ["https://example.com"],
    grant_types: ["authorization_code", "refresh_token"],
    organization_usage: "allow",
    initiate_login_uri: "https://example.com/login",
  };
  const website = yield* make(clients, site, clients, "client_id");
  const changed = { description: "Fuzz", jwt_configuration: { lifetime_in_seconds: 600 } };
  yield* change("PATCH", `${clients}/${website}`, changed, `${clients}/${website}`);
  const enabled = [{ client_id: website, status: true }];
  yield* change("PATCH", `${API}/connections/${connection}/clients`, enabled);
  const link = `${own}/connections/${connection}`;
  const joining = { connection_id: connection, assign_membership_on_login: true };
  yield* make(`${own}/connections`, joining, link);
  const old = `${own}/enabled_connections/${connection}`;
  yield* change("PATCH", link, { assign_membership_on_login: false }, old);
  const invitee = { email: "new@example.com" };
  yield* make(`${own}/invitations`, { inviter: { name: "Ada" }, invitee, client_id: website });

  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const first = { credential_type: "public_key", name: "a", pem };
  const signing = {
    name: "Fuzz machine",
    app_type: "non_interactive",
    grant_types: ["client_credentials"],
    client_authentication_methods: { private_key_jwt: { credentials: [first] } },
  };
  const machine = yield* make(clients, signing, clients, "client_id");
  yield* make(`${clients}/${machine}/credentials`, { ...first, name: "b", alg: "RS256" });
  const usage = { scope: ["ai:read"], organization_usage: "allow" };
  const grant = yield* make(`${API}/client-grants`, { client_id: machine, audience: IDENTIFIER, ...usage });
  yield* change("PATCH", `${API}/client-grants/${grant}`, { scope: [] });
  yield* make(`${own}/client-grants`, { grant_id: grant }, `${own}/client-grants/${grant}`);
  const member = { client_id: website, use_for_member_access: true };
  yield* make(`${own}/clients`, { clients: [member] }, `${own}/clients/${website}`);
}
