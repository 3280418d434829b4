import { count, flag, json, list, objectList, out, checksumSet, text } from "../../table/property.ts";
import type { PropertyTable } from "../../table/property.ts";

const client = (key: string) => `settings.oauthClient.${key}`;
const credentials = (key: string) => `credentials.oauthClient.${key}`;

/** The properties of an OpenID Connect app, without groups claims, networks, logos and preconfigured apps. */
export const appOAuthProperties: PropertyTable = {
  label: text("label", { required: true }),
  type: text(client("application_type"), { required: true, replace: true }),
  status: text("status", { default: "ACTIVE", sent: "never" }),

  clientId: text(credentials("client_id"), { computed: true, replace: true }),
  clientBasicSecret: text(credentials("client_secret"), { secret: true, writeOnly: true }),
  tokenEndpointAuthMethod: text(credentials("token_endpoint_auth_method"), {
    default: "client_secret_basic",
  }),
  autoKeyRotation: flag(credentials("autoKeyRotation"), { default: true }),
  pkceRequired: flag(credentials("pkce_required"), { computed: true }),
  /** Leaves the client secret out of the state. */
  omitSecret: flag(""),

  grantTypes: checksumSet(client("grant_types"), { computed: true }),
  responseTypes: checksumSet(client("response_types"), { computed: true }),
  redirectUris: list(client("redirect_uris")),
  postLogoutRedirectUris: checksumSet(client("post_logout_redirect_uris")),
  wildcardRedirect: text(client("wildcard_redirect"), { default: "DISABLED" }),
  consentMethod: text(client("consent_method"), { default: "TRUSTED" }),
  issuerMode: text(client("issuer_mode"), { default: "ORG_URL" }),
  clientUri: text(client("client_uri")),
  logoUri: text(client("logo_uri")),
  policyUri: text(client("policy_uri")),
  tosUri: text(client("tos_uri")),
  loginUri: text(client("initiate_login_uri")),
  loginMode: text(client("idp_initiated_login.mode"), { default: "DISABLED" }),
  loginScopes: checksumSet(client("idp_initiated_login.default_scope"), { otherwise: [] }),
  refreshTokenRotation: text(client("refresh_token.rotation_type"), { default: "STATIC" }),
  refreshTokenLeeway: count(client("refresh_token.leeway")),
  participateSlo: flag(client("participate_slo")),
  frontchannelLogoutUri: text(client("frontchannel_logout_uri")),
  frontchannelLogoutSessionRequired: flag(client("frontchannel_logout_session_required")),
  jwksUri: text(client("jwks_uri")),
  jwks: objectList(client("jwks.keys"), {
    kid: text("kid", { required: true }),
    kty: text("kty", { required: true }),
    e: text("e"),
    n: text("n"),
    x: text("x"),
    y: text("y"),
  }),

  accessibilityErrorRedirectUrl: text("accessibility.errorRedirectUrl"),
  accessibilityLoginRedirectUrl: text("accessibility.loginRedirectUrl"),
  accessibilitySelfService: flag("accessibility.selfService"),
  adminNote: text("settings.notes.admin"),
  enduserNote: text("settings.notes.enduser"),
  implicitAssignment: flag("settings.implicitAssignment"),
  autoSubmitToolbar: flag("visibility.autoSubmitToolbar"),
  hideIos: flag("visibility.hide.iOS", { default: true }),
  hideWeb: flag("visibility.hide.web", { default: true }),
  profile: json("profile"),
  userNameTemplate: text("credentials.userNameTemplate.template", { default: "${source.login}" }),
  userNameTemplateType: text("credentials.userNameTemplate.type", { default: "BUILT_IN" }),
  userNameTemplateSuffix: text("credentials.userNameTemplate.suffix"),
  userNameTemplatePushStatus: text("credentials.userNameTemplate.pushStatus"),

  /** The access policy assigned to the app. */
  authenticationPolicy: text("authenticationPolicy", { computed: true, sent: "never" }),
  skipAuthenticationPolicy: flag(""),

  name: out(text("name")),
  signOnMode: out(text("signOnMode")),
  logoUrl: out(text("logoUrl")),
  /** Shown once, in the answer to the create. */
  clientSecret: out(text("", { secret: true })),
};
