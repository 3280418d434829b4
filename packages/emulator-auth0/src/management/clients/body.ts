import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import { choice, flag, metadata } from "../formats.ts";

const urls = (description: string) => z.array(z.string()).optional().describe(description);

/** Properties whose inner shape a local tenant takes as it is given. */
const PASSED_ON = `
  addons async_approval_notification_channels client_authentication_methods compliance_level encryption_key
  express_configuration fedcm_login identity_assertion_authorization_grant jwt_configuration mobile
  my_organization_configuration native_social_login oidc_backchannel_logout oidc_logout
  organization_discovery_methods par_request_expiry redirection_policy refresh_token resource_server_identifier
  session_transfer signed_request_object third_party_security_mode token_exchange token_quota
  token_vault_privileged_access`;

const passedOn = Object.fromEntries(
  PASSED_ON.trim()
    .split(/\s+/)
    .map((name) => [name, jsonSchema.nullable().optional()]),
);

const APP_TYPES =
  "native spa regular_web non_interactive resource_server express_configuration rms box cloudbees concur dropbox " +
  "mscrm echosign egnyte newrelic office365 salesforce sentry sharepoint slack springcm zendesk zoom " +
  "sso_integration oag";

const settings = {
  description: z.string().max(140).optional().describe("Free text description of the purpose of the Client."),
  logo_uri: z.string().optional().describe("URL of the logo to display for this client."),
  callbacks: urls(
    "Comma-separated list of URLs whitelisted to use as a callback to the client after authentication.",
  ),
  allowed_origins: urls(
    "Comma-separated list of URLs allowed to make requests from JavaScript to Auth0 API.",
  ),
  web_origins: urls("Comma-separated list of allowed origins for use with Cross-Origin Authentication."),
  client_aliases: urls("List of audiences/realms for SAML protocol."),
  allowed_clients: urls("Ids of clients that will be allowed to perform delegation requests."),
  allowed_logout_urls: urls(
    "Comma-separated list of URLs that are valid to redirect to after logout from Auth0.",
  ),
  grant_types: z
    .array(z.string())
    .optional()
    .describe("A set of grant types that the client is authorized to use."),
  token_endpoint_auth_method: z
    .enum(["none", "client_secret_post", "client_secret_basic"])
    .nullable()
    .optional()
    .describe("Defines the requested authentication method for the token endpoint."),
  app_type: choice(APP_TYPES.split(" "), "The type of application this client represents."),
  is_first_party: flag("Whether this client a first party client or not"),
  is_token_endpoint_ip_header_trusted: flag("Whether the token endpoint trusts the client's IP header."),
  oidc_conformant: flag("Whether this client conforms to strict OIDC specifications."),
  sso: flag("Use Auth0 instead of the IdP to do Single Sign On."),
  sso_disabled: flag("True to disable Single Sign On, false otherwise (default: false)"),
  cross_origin_authentication: flag(
    "Whether this client can be used to make cross-origin authentication requests.",
  ),
  cross_origin_loc: z.string().nullable().optional(),
  custom_login_page: z.string().nullable().optional(),
  custom_login_page_on: flag("Whether a custom login page is to be used."),
  custom_login_page_preview: z.string().nullable().optional(),
  form_template: z.string().nullable().optional(),
  client_metadata: metadata(10, "Metadata associated with the client.").optional(),
  initiate_login_uri: z.string().nullable().optional().describe("Initiate login uri, must be https"),
  organization_usage: choice(
    ["deny", "allow", "require"],
    "Defines how to proceed during an authentication transaction with regards an organization.",
  ),
  organization_require_behavior: choice(
    ["no_prompt", "pre_login_prompt", "post_login_prompt"],
    "Defines how to proceed during an authentication transaction when client.organization_usage: 'require'.",
  ),
  default_organization: z
    .strictObject({ organization_id: z.string(), flows: z.array(z.enum(["client_credentials"])) })
    .nullable()
    .optional(),
  require_pushed_authorization_requests: flag("Makes the use of Pushed Authorization Requests mandatory."),
  require_proof_of_possession: flag("Makes the use of Proof-of-Possession mandatory for this client"),
  skip_non_verifiable_callback_uri_confirmation_prompt: z.boolean().nullable().optional(),
  external_client_id: z.string().optional(),
  jwks_uri: z.string().nullable().optional(),
  ...passedOn,
};

const name = z
  .string()
  .min(1)
  .regex(/^[^<>]+$/)
  .describe("Name of this client (min length: 1 character, does not allow `<` or `>`).");

/** A new client as a request carries it. */
export const clientBody = z.strictObject({ name, ...settings });

/** A change of a client. */
export const clientChangeBody = z.strictObject({
  name: name.optional(),
  ...settings,
  client_secret: z.string().min(1).optional().describe("The secret used to sign tokens for the client"),
});
