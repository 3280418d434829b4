/** Claim: connections to other identity providers are answered with what the vendor fills in for their strategy. */
import { expect, test } from "@jest/globals";
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

test("a SAML connection with a certificate that is none is refused", async () => {
  const body = { name: "saml", strategy: "samlp", options: { signingCert: "no certificate" } };
  const { status } = await at.target.call("POST", "/api/v2/connections", body);
  expect(status).toBe(400);
});
