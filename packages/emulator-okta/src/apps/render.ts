import { link } from "../render.ts";
import type { OrgRecord } from "../org/record.ts";
import { renderClientKey } from "./jwk.ts";
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
  const { id, name } = app;
  return {
    id,
    name,
    label: app.label,
    status: app.status,
    lastUpdated: app.lastUpdated,
    created: app.created,
    accessibility: app.accessibility,
    orn: `orn:${org.cell.startsWith("op") ? "oktapreview" : "okta"}:idp:${org.id}:apps:${name}:${id}`,
    visibility: { ...app.visibility, appLinks: app.visibility.appLinks ?? { [`${name}_link`]: true } },
    features: [],
    signOnMode: "OPENID_CONNECT",
    credentials: {
      userNameTemplate: app.userNameTemplate,
      signing: { kid: org.signingKid },
      oauthClient: {
        ...app.oauthCredentials,
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
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

/** Okta leaves properties out that were not given, except for two. */
function renderOauthClient(org: OrgRecord, { oauthClient, keys }: AppRecord) {
  const { client_uri, logo_uri, participate_slo, ...others } = oauthClient;
  const given = Object.entries(others).filter(([, value]) => value !== null && value !== undefined);
  return {
    client_uri,
    logo_uri,
    ...Object.fromEntries<unknown>(given),
    ...(keys.length === 0 ? {} : { jwks: { keys: keys.map(renderClientKey) } }),
    ...(org.features.participateSlo ? { participate_slo } : {}),
  };
}

function renderLinks(origin: string, org: OrgRecord, app: AppRecord) {
  const path = `/api/v1/apps/${app.id}`;
  const turn = app.status === "ACTIVE" ? "deactivate" : "activate";
  const credentials = usesSecret(app.oauthCredentials.token_endpoint_auth_method) ? "secrets" : "jwks";
  const home = `${origin}/home/${app.name}/${app.id}/${APP_LINK}`;
  return {
    uploadLogo: link(origin, `${path}/logo`, "POST"),
    appLinks: [{ name: `${app.name}_link`, href: home, type: "text/html" }],
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
