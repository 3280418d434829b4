import { generateKeyPairSync } from "node:crypto";
import { idOf, type Corpus } from "./deed.ts";

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
  const made = (path: string): string => `${API}${path}/*`;
  const organizations = `${API}/organizations`;
  const organization = idOf(
    yield {
      method: "POST",
      path: organizations,
      body: {
        name: "fuzz",
        display_name: "Fuzz",
        branding: {
          logo_url: "https://example.com/logo.png",
          colors: { primary: "#0000FF", page_background: "#FFFFFF" },
        },
        metadata: { plan: "pro" },
      },
      makes: made("/organizations"),
    },
  );
  const own = `${organizations}/${organization}`;
  yield { method: "PATCH", path: own, body: { display_name: "Fuzzy", metadata: { plan: null, tier: "1" } } };

  const connection = idOf(
    yield {
      method: "POST",
      path: `${API}/connections`,
      body: {
        name: "fuzz-users",
        strategy: "auth0",
        options: { passwordPolicy: "good", brute_force_protection: true },
      },
      makes: made("/connections"),
    },
  );
  yield {
    method: "PATCH",
    path: `${API}/connections/${connection}`,
    body: { options: { passwordPolicy: "fair" } },
  };

  yield* people();
  yield* permissions(own);
  yield* applications(own, connection);
  yield {
    method: "POST",
    path: `${own}/discovery-domains`,
    body: { domain: "fuzz.example.com", status: "pending" },
    makes: `${own}/discovery-domains/*`,
  };
  const domain = idOf(
    yield {
      method: "POST",
      path: `${API}/custom-domains`,
      body: { domain: "login.example.com", type: "auth0_managed_certs" },
    },
    "custom_domain_id",
  );
  yield {
    method: "PATCH",
    path: `${API}/custom-domains/${domain}`,
    body: { tls_policy: "recommended", custom_client_ip_header: "cf-connecting-ip" },
    makes: `${API}/custom-domains/${domain}`,
  };
  yield { method: "PATCH", path: `${API}/tenants/settings`, body: { friendly_name: "Fuzz" } };
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
  const user = encodeURIComponent(
    idOf(
      yield {
        method: "POST",
        path: `${API}/users`,
        body: {
          connection: "fuzz-users",
          email: "fuzz@example.com",
          password: "Correct-horse-9",
          user_metadata: { a: 1 },
        },
      },
      "user_id",
    ),
  );
  yield {
    method: "PATCH",
    path: `${API}/users/${user}`,
    body: { name: "Fuzz", app_metadata: { b: [1, 2] } },
    makes: `${API}/users/${user}`,
  };
}

function* permissions(own: string): Corpus {
  const api = idOf(
    yield {
      method: "POST",
      path: `${API}/resource-servers`,
      body: {
        name: "Fuzz",
        identifier: IDENTIFIER,
        scopes: [{ value: "ai:read", description: "Read" }, { value: "ai:write" }],
        token_lifetime: 3600,
      },
      makes: `${API}/resource-servers/*`,
    },
  );
  yield {
    method: "PATCH",
    path: `${API}/resource-servers/${api}`,
    body: { scopes: [{ value: "ai:read" }], enforce_policies: true },
  };
  const role = idOf(
    yield {
      method: "POST",
      path: `${API}/roles`,
      body: { name: "fuzz", description: "Fuzz" },
      makes: `${API}/roles/*`,
    },
  );
  yield { method: "PATCH", path: `${API}/roles/${role}`, body: { description: "Fuzzy" } };
  yield { method: "POST", path: `${API}/roles/${role}/permissions`, body: { permissions: PERMISSIONS } };
  yield { method: "POST", path: `${API}/roles/${role}/users`, body: { users: [ADA] } };
  const user = `${API}/users/${encodeURIComponent(ADA)}`;
  yield { method: "POST", path: `${user}/roles`, body: { roles: [role] }, makes: user };
  yield { method: "POST", path: `${user}/permissions`, body: { permissions: PERMISSIONS } };
  yield { method: "POST", path: `${own}/members`, body: { members: [ADA] } };
  yield {
    method: "POST",
    path: `${own}/members/${encodeURIComponent(ADA)}/roles`,
    body: { roles: [role] },
    makes: `${own}/roles/${role}`,
  };
}

function* applications(own: string, connection: string): Corpus {
  const website = idOf(
    yield {
      method: "POST",
      path: `${API}/clients`,
      body: {
        name: "Fuzz website",
        app_type: "regular_web",
        callbacks: ["https://example.com/callback"],
        allowed_logout_urls: ["https://example.com"],
        grant_types: ["authorization_code", "refresh_token"],
        organization_usage: "allow",
        initiate_login_uri: "https://example.com/login",
      },
    },
    "client_id",
  );
  yield {
    method: "PATCH",
    path: `${API}/clients/${website}`,
    body: { description: "Fuzz", jwt_configuration: { lifetime_in_seconds: 600 } },
    makes: `${API}/clients/${website}`,
  };
  const clients = `${API}/connections/${connection}/clients`;
  yield { method: "PATCH", path: clients, body: [{ client_id: website, status: true }] };
  yield {
    method: "POST",
    path: `${own}/connections`,
    body: { connection_id: connection, assign_membership_on_login: true },
    makes: `${own}/connections/${connection}`,
  };
  yield {
    method: "PATCH",
    path: `${own}/connections/${connection}`,
    body: { assign_membership_on_login: false },
    makes: `${own}/enabled_connections/${connection}`,
  };
  yield {
    method: "POST",
    path: `${own}/invitations`,
    body: { inviter: { name: "Ada" }, invitee: { email: "new@example.com" }, client_id: website },
    makes: `${own}/invitations/*`,
  };

  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const machine = idOf(
    yield {
      method: "POST",
      path: `${API}/clients`,
      body: {
        name: "Fuzz machine",
        app_type: "non_interactive",
        grant_types: ["client_credentials"],
        client_authentication_methods: {
          private_key_jwt: { credentials: [{ credential_type: "public_key", name: "a", pem }] },
        },
      },
    },
    "client_id",
  );
  yield {
    method: "POST",
    path: `${API}/clients/${machine}/credentials`,
    body: { credential_type: "public_key", name: "b", pem, alg: "RS256" },
    makes: `${API}/clients/${machine}/credentials/*`,
  };
  const grant = idOf(
    yield {
      method: "POST",
      path: `${API}/client-grants`,
      body: { client_id: machine, audience: IDENTIFIER, scope: ["ai:read"], organization_usage: "allow" },
      makes: `${API}/client-grants/*`,
    },
  );
  yield { method: "PATCH", path: `${API}/client-grants/${grant}`, body: { scope: [] } };
  yield {
    method: "POST",
    path: `${own}/client-grants`,
    body: { grant_id: grant },
    makes: `${own}/client-grants/${grant}`,
  };
  yield {
    method: "POST",
    path: `${own}/clients`,
    body: { clients: [{ client_id: website, use_for_member_access: true }] },
    makes: `${own}/clients/${website}`,
  };
}
