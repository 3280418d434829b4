/** Claim: connections to other identity providers are answered with what the vendor fills in for their strategy. */
import { describe, expect, test } from "@jest/globals";
import { SharedTenant } from "./stage.ts";

const at = new SharedTenant();
const create = (body: object) => at.target.expectOk("POST", "/connections", body);

test("an Okta connection has the endpoints of its domain, and keeps none of its settings through a change", async () => {
  const options = {
    client_id: "c",
    client_secret: "s",
    domain: "acme.okta.com",
    issuer: null,
    scope: "openid",
  };
  const made = await create({ name: "acme-okta", strategy: "okta", options });
  expect(made).toMatchObject({
    show_as_button: false,
    options: {
      ...options,
      issuer: "https://acme.okta.com",
      token_endpoint: "https://acme.okta.com/oauth2/v1/token",
      oidc_metadata: { jwks_uri: "https://acme.okta.com/oauth2/v1/keys" },
      connection_settings: { pkce: "auto" },
      attribute_map: { mapping_mode: "basic_profile" },
    },
  });
  const changed = await at.target.expectOk("PATCH", `/connections/${String(made.id)}`, { options });
  expect(changed).toMatchObject({ options: { connection_settings: { pkce: "disabled" } } });
});

test("an OpenID Connect connection has its name to show, and takes all claims", async () => {
  const options = { client_id: "c", issuer: "https://login.acme.example.com", userinfo_endpoint: null };
  const made = await create({ name: "acme-oidc", strategy: "oidc", options });
  expect(made).toMatchObject({
    display_name: "acme-oidc",
    options: { attribute_map: { mapping_mode: "bind_all" }, schema_version: "oidc-V4" },
  });
  expect(made.options).not.toHaveProperty("userinfo_endpoint");
});

test("a social connection shows the scopes that its options ask for", async () => {
  const github = { client_id: "c", email: true, read_user: true, repo: false, profile: true };
  const google = { client_id: "c", email: true, profile: true };
  expect(await create({ name: "hub", strategy: "github", options: github })).toMatchObject({
    options: { ...github, scope: ["user:email", "read:user"] },
  });
  expect(await create({ name: "goo", strategy: "google-oauth2", options: google })).toMatchObject({
    options: { scope: ["email", "profile"] },
  });
});

test.each([
  ["facebook", { email: true, public_profile: true, user_birthday: false }, "email,public_profile"],
  ["apple", { name: true, email: true }, "name email"],
  ["linkedin", { email: false, profile: true }, ["r_liteprofile"]],
  ["windowslive", { graph_user: true }, ["https://graph.microsoft.com/User.Read"]],
  ["line", { email: true }, ["openid", "email", "profile"]],
  ["google-apps", { domain: "example.com" }, ["email", "profile"]],
  ["salesforce-community", {}, []],
])("a connection to %s writes its scopes as the vendor does", async (strategy, options, scope) => {
  expect(await create({ name: `to-${strategy}`, strategy, options })).toMatchObject({ options: { scope } });
});

test("a new database connection says how passwords and one-time passwords are, where nothing was asked", async () => {
  const { options } = await create({ name: "new-people", strategy: "auth0" });
  expect(options).toMatchObject({
    password_options: { complexity: { min_length: 15 } },
    authentication_methods: { email_otp: { enabled: false }, phone_otp: { enabled: false } },
  });
  expect(options).not.toHaveProperty("passwordPolicy");
});

describe("a connection to a SAML provider", () => {
  const pem = [
    "-----BEGIN CERTIFICATE-----",
    "MIIBwTCCAWegAwIBAgIUeEytbaniJ1oFABSRCmO+uVdovTAwCgYIKoZIzj0EAwIw",
    "NjELMAkGA1UEBhMCQVUxDTALBgNVBAoMBEFjbWUxGDAWBgNVBAMMD2lkcC5leGFt",
    "cGxlLmNvbTAeFw0yNjExMjgxNzU3MTVaFw0zNjExMjUxNzU3MTVaMDYxCzAJBgNV",
    "BAYTAkFVMQ0wCwYDVQQKDARBY21lMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20w",
    "WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARAllxwZa1UEOpLCWTcq+y8NteMwnL9",
    "+ZKOKyLP5p5yk8HWNjz0ZwUhFDA0EQIhlh9gF1Re/DAXemZOVf0BISPgo1MwUTAd",
    "BgNVHQ4EFgQUHkGYS6XAQTLWTQYCTZdEhENkNdgwHwYDVR0jBBgwFoAUHkGYS6XA",
    "QTLWTQYCTZdEhENkNdgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF",
    "AiEAr7aNDxvfB/VFZk9qbZ6HnF2V6jA8EcdKrWT+yuZN7+YCIBJoRu0el7EWkoDm",
    "T4+BpjDJmya7vXVS1qWXiWkH89yl",
    "-----END CERTIFICATE-----",
    "",
  ].join("\n");
  const facts = {
    cert: pem,
    expires: "2036-11-25T17:57:15.000Z",
    subject: { countryName: "AU", organizationName: "Acme", commonName: "idp.example.com" },
    thumbprints: ["dfb036a90444bf576874e47fdbeb0818ae193b2a"],
  };

  test("has what its metadata document says in the place of the document", async () => {
    const service = (name: string, end: string) =>
      `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/${end}"/>`;
    const body = pem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
    const metadataXml =
      `<md:EntityDescriptor>${service("SingleLogoutService", "out")}${service("SingleSignOnService", "in")}` +
      `<ds:X509Certificate>\n  ${body}\n</ds:X509Certificate></md:EntityDescriptor>`;
    const { id, options } = await create({ name: "saml", strategy: "samlp", options: { metadataXml } });
    const ofDocument = {
      ...facts,
      signingCert: Buffer.from(pem).toString("base64"),
      signInEndpoint: "https://idp.example.com/in",
      signOutEndpoint: "https://idp.example.com/out",
      bindingMethod: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    };
    expect(options).toMatchObject(ofDocument);
    expect(options).not.toHaveProperty("metadataXml");
    // Of a document at an address nothing is read here: what was known stays.
    const change = { options: { metadataUrl: "https://idp.example.com/metadata.xml" } };
    expect(await at.target.expectOk("PATCH", `/connections/${String(id)}`, change)).toMatchObject({
      options: { ...ofDocument, ...change.options },
    });
  });

  test("by PingFederate shows the certificate's facts, and the certificate once", async () => {
    const asked = { signingCert: pem, pingFederateBaseUrl: "https://idp.example.com" };
    const { options } = await create({ name: "ping", strategy: "pingfederate", options: asked });
    expect(options).toMatchObject(facts);
    expect(options).not.toHaveProperty("signingCert");
  });
});

test("a SAML connection with a certificate that is none is refused", async () => {
  const body = { name: "saml", strategy: "samlp", options: { signingCert: "no certificate" } };
  const { status } = await at.target.call("POST", "/api/v2/connections", body);
  expect(status).toBe(400);
});

/** A connection for a test, and a path below it. */
async function made(strategy: string, name: string, options: object = {}) {
  const { id } = await create({ name, strategy, options });
  return (rest: string, base = "") => `${base}/connections/${String(id)}/${rest}`;
}

test("SCIM of a connection starts with the vendor's mapping, and its token is shown once", async () => {
  const at1 = await made("okta", "scim-okta", { domain: "acme.okta.com" });
  const configuration = await at.target.expectOk("POST", at1("scim-configuration"));
  const { mapping } = await at.target.expectOk("GET", at1("scim-configuration/default-mapping"));
  expect(configuration).toMatchObject({
    connection_name: "scim-okta",
    strategy: "okta",
    user_id_attribute: "externalId",
    mapping,
  });
  const change = { user_id_attribute: "login", mapping: [{ auth0: "name", scim: "displayName" }] };
  expect(await at.target.expectOk("PATCH", at1("scim-configuration"), change)).toMatchObject(change);
  const { token, ...shown } = await at.target.expectOk("POST", at1("scim-configuration/tokens"), {
    scopes: ["get:users"],
  });
  expect(token).toMatch(/^tok_\w{16}\.[0-9a-f]{64}$/);
  expect(await at.target.call("GET", at1("scim-configuration/tokens", "/api/v2"))).toMatchObject({
    body: [shown],
  });
  await at.target.expectOk("DELETE", at1(`scim-configuration/tokens/${String(shown.token_id)}`));
  await at.target.expectOk("DELETE", at1("scim-configuration"));
  expect(await at.target.call("GET", at1("scim-configuration", "/api/v2"))).toMatchObject({ status: 404 });
});

test("a connection of a strategy without SCIM says so", async () => {
  const at1 = await made("google-oauth2", "scim-google");
  expect(await at.target.call("POST", at1("scim-configuration", "/api/v2"), {})).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining("This connection type does not support SCIM") },
  });
});

test("directory provisioning maps Google's attributes, and keeps the groups that were selected", async () => {
  const at1 = await made("google-apps", "directory", { domain: "example.com" });
  const directory = await at.target.expectOk("POST", at1("directory-provisioning"), {});
  expect(directory).toMatchObject({
    ...(await at.target.expectOk("GET", at1("directory-provisioning/default-mapping"))),
    synchronize_automatically: false,
    synchronize_groups: "off",
  });
  const change = { synchronize_groups: "selected", mapping: [{ idp: "id", auth0: "external_id" }] };
  expect(await at.target.expectOk("PATCH", at1("directory-provisioning"), change)).toMatchObject(change);
  const groups = { groups: [{ id: "one" }, { id: "two" }] };
  await at.target.expectOk("PUT", at1("directory-provisioning/synchronized-groups"), groups);
  expect(await at.target.expectOk("GET", at1("directory-provisioning/synchronized-groups"))).toEqual(groups);
});

test("a connection that proves itself by keys has one in use and the next one; rotating them keeps one previous key", async () => {
  const at1 = await made("oidc", "keys", {
    client_id: "c",
    issuer: "https://login.acme.example.com",
    token_endpoint_auth_method: "private_key_jwt",
  });
  const shown = async () => (await at.target.call("GET", at1("keys", "/api/v2"))).body;
  expect(await shown()).toMatchObject([
    { current: true, subject_dn: "/CN=keys", algorithm: "RS256" },
    { next: true },
  ]);
  await at.target.expectOk("POST", at1("keys/rotate"));
  const next = await at.target.expectOk("POST", at1("keys/rotate"));
  expect(next).toMatchObject({ next: true, key_use: "signing" });
  expect(await shown()).toMatchObject([{ current: true }, { previous: true }, { next: true, kid: next.kid }]);
});

test("connection profiles and user attribute profiles are kept as they were sent, and changed in part", async () => {
  const profile = { name: "p", organization: { show_as_button: "required" }, enabled_features: ["scim"] };
  const { id } = await at.target.expectOk("POST", "/connection-profiles", profile);
  expect(await at.target.expectOk("PATCH", `/connection-profiles/${String(id)}`, { name: "q" })).toEqual({
    ...profile,
    id,
    name: "q",
    strategy_overrides: null,
    connection_config: null,
  });
  const attributes = { email: { label: "Email", description: "Email", profile_required: true } };
  const { id: uap } = await at.target.expectOk("POST", "/user-attribute-profiles", {
    name: "u",
    user_attributes: attributes,
  });
  expect(
    await at.target.expectOk("PATCH", `/user-attribute-profiles/${String(uap)}`, { user_id: {} }),
  ).toMatchObject({
    name: "u",
    user_id: { oidc_mapping: "sub", scim_mapping: "externalId" },
    user_attributes: attributes,
  });
});
