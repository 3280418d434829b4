import { link } from "../links.ts";
import type { OrgRecord } from "../org/record.ts";
import { renderClientKey } from "./jwks.ts";
import { usesSecret } from "./oauth-client.ts";
import type { AppRecord } from "./record.ts";

/** The link of OpenID Connect applications: the same in every org. */
const APP_LINK = "aln177a159h7Zf52X0g8";

/** What orgs with Identity Threat Protection show of an application, and others leave null. */
const UNIVERSAL_LOGOUT = {
  status: "DISABLED",
  supportType: "FULL",
  identityStack: "NOT_SHARED",
  protocol: "GLOBAL_TOKEN_REVOCATION",
};

/**
 * An application as Okta answers it. `clientSecret` belongs into the answers to POST and PUT only: a GET never
 * shows it.
 */
export function renderApp(origin: string, org: OrgRecord, app: AppRecord, clientSecret?: string) {
  const { autoKeyRotation, client_id, token_endpoint_auth_method, pkce_required } = app.oauthCredentials;
  return {
    id: app.id,
    orn: `orn:${org.cell.startsWith("op") ? "oktapreview" : "okta"}:idp:${org.id}:apps:${app.name}:${app.id}`,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: app.lastUpdated,
    created: app.created,
    accessibility: app.accessibility,
    visibility: { ...app.visibility, appLinks: app.visibility.appLinks ?? { [`${app.name}_link`]: true } },
    features: [],
    signOnMode: "OPENID_CONNECT",
    credentials: {
      userNameTemplate: app.userNameTemplate,
      signing: { kid: org.signingKid },
      oauthClient: {
        autoKeyRotation,
        client_id,
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
        token_endpoint_auth_method,
        pkce_required,
      },
    },
    ...(app.profile ? { profile: app.profile } : {}),
    universalLogout: org.settings.itpEnabled === true ? UNIVERSAL_LOGOUT : null,
    settings: {
      app: {},
      notifications: { vpn: { network: { connection: "DISABLED" }, message: null, helpUrl: null } },
      manualProvisioning: false,
      implicitAssignment: app.implicitAssignment,
      emOptInStatus: "NONE",
      notes: app.notes,
      oauthClient: renderOauthClient(org, app),
    },
    _links: renderLinks(origin, org, app),
  };
}

function renderOauthClient(org: OrgRecord, { oauthClient: settings, keys }: AppRecord) {
  return {
    client_uri: settings.client_uri,
    logo_uri: settings.logo_uri,
    ...given("policy_uri", settings.policy_uri),
    ...given("tos_uri", settings.tos_uri),
    redirect_uris: settings.redirect_uris,
    ...given("post_logout_redirect_uris", settings.post_logout_redirect_uris),
    response_types: settings.response_types,
    grant_types: settings.grant_types,
    ...(keys.length === 0 ? {} : { jwks: { keys: keys.map(renderClientKey) } }),
    ...given("jwks_uri", settings.jwks_uri),
    ...given("initiate_login_uri", settings.initiate_login_uri),
    application_type: settings.application_type,
    consent_method: settings.consent_method,
    issuer_mode: settings.issuer_mode,
    ...given("refresh_token", settings.refresh_token),
    idp_initiated_login: settings.idp_initiated_login,
    wildcard_redirect: settings.wildcard_redirect,
    ...given("backchannel_token_delivery_mode", settings.backchannel_token_delivery_mode),
    ...given("backchannel_custom_authenticator_id", settings.backchannel_custom_authenticator_id),
    ...given(
      "backchannel_authentication_request_signing_alg",
      settings.backchannel_authentication_request_signing_alg,
    ),
    ...given("request_object_signing_alg", settings.request_object_signing_alg),
    ...given("id_token_encrypted_response_alg", settings.id_token_encrypted_response_alg),
    ...given("sector_identifier_uri", settings.sector_identifier_uri),
    ...given("subject_type", settings.subject_type),
    dpop_bound_access_tokens: settings.dpop_bound_access_tokens,
    ...given("network", settings.network),
    ...(org.features.participateSlo ? { participate_slo: settings.participate_slo } : {}),
    ...given("frontchannel_logout_uri", settings.frontchannel_logout_uri),
    ...given("frontchannel_logout_session_required", settings.frontchannel_logout_session_required),
  };
}

/** Okta leaves these properties out when they were not given. */
function given<V>(name: string, value: V | null | undefined): Record<string, V> {
  return value === null || value === undefined ? {} : { [name]: value };
}

function renderLinks(origin: string, org: OrgRecord, app: AppRecord) {
  const path = `/api/v1/apps/${app.id}`;
  const turn = app.status === "ACTIVE" ? "deactivate" : "activate";
  const credentials = usesSecret(app.oauthCredentials.token_endpoint_auth_method) ? "secrets" : "jwks";
  return {
    uploadLogo: link(origin, `${path}/logo`, "POST"),
    appLinks: [
      {
        name: `${app.name}_link`,
        href: `${origin}/home/${app.name}/${app.id}/${APP_LINK}`,
        type: "text/html",
      },
    ],
    profileEnrollment: link(origin, `/api/v1/policies/${org.profileEnrollmentPolicyId}`),
    policies: link(origin, `${path}/policies`, "PUT"),
    groups: link(origin, `${path}/groups`),
    logo: [{ name: "medium", href: `${origin}/assets/img/logos/default.png`, type: "image/png" }],
    clientCredentials: [{ name: credentials, href: `${origin}${path}/credentials/${credentials}` }],
    accessPolicy: link(origin, `/api/v1/policies/${app.accessPolicyId}`),
    users: link(origin, `${path}/users`),
    [turn]: link(origin, `${path}/lifecycle/${turn}`),
  };
}
