import type { SdkVendor } from "./schemas.ts";

const EMPTY = "answers with an empty object, which the SDK does not look at";
const OAUTH = "OAuth: the SDK's client has no type for the answer";
const PAGE = "a page or a redirect for a browser";

/** Operations that answer with something of which the SDK has no type, with the reason. */
export const UNTYPED: Readonly<Record<SdkVendor, Readonly<Record<string, string>>>> = {
  auth0: {
    delete_connections_by_id: "the SDK expects nothing; recordings show the time of the deletion",
    delete_roles_by_id: EMPTY,
    post_role_permission_assignment: EMPTY,
    post_role_users: EMPTY,
    post_permissions: EMPTY,
    token: OAUTH,
    revoke: OAUTH,
    userinfo: OAUTH,
    userinfo_post: OAUTH,
    jwks: OAUTH,
    "openid-configuration": OAUTH,
    "oauth-authorization-server": OAUTH,
    authorize: PAGE,
    authorize_resume: PAGE,
    login_page: PAGE,
    login: PAGE,
    signup_page: PAGE,
    signup: PAGE,
    organization_page: PAGE,
    organization: PAGE,
    organization_picker_page: PAGE,
    organization_picker: PAGE,
    logout: PAGE,
    oidc_logout: PAGE,
    oidc_logout_post: PAGE,
  },
  okta: {
    authorize: PAGE,
    signIn: PAGE,
    userinfo: OAUTH,
    activateApplication: EMPTY,
    deactivateApplication: EMPTY,
    activateUser: EMPTY,
    deactivateUser: EMPTY,
    getIdTokenSettings: "an internal path that the providers use",
    updateIdTokenSettings: "an internal path that the providers use",
    getWellKnownOAuthConfigurationCustomAS: OAUTH,
    getWellKnownOpenIDConfiguration: OAUTH,
    getWellKnownOpenIDConfigurationCustomAS: OAUTH,
    oauthKeys: OAUTH,
    oauthKeysCustomAS: OAUTH,
    token: OAUTH,
    tokenCustomAS: OAUTH,
    introspect: OAUTH,
    introspectCustomAS: OAUTH,
    revoke: OAUTH,
    revokeCustomAS: OAUTH,
  },
};
