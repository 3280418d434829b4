import type { AreaNotes } from "../note.ts";

/** How like Auth0's the Authentication API and the login pages of the local tenant are. */
export const authenticationAreas: Readonly<Record<string, AreaNotes>> = {
  "Authentication API: tokens": {
    setUp: ["clients", "client_grants", "refresh_tokens", "signing_keys", "users", "passwords"],
    differs: ["Answers carry no CORS headers."],
    operations: {
      token: {
        basis: "documented",
        differs: [
          "It knows the grants `authorization_code`, `refresh_token` and `client_credentials`, and no other.",
          "A refresh token can be used by the application for the API that it was issued for alone.",
        ],
        unconfirmed: [
          "The statuses and texts with which an `organization` is refused for client credentials.",
          "That a refresh token of somebody who left the organization is refused with `access_denied`.",
          "The status of a redirect URI that is not the one of the authorization request.",
          "How long a code may be exchanged: here it is ten minutes.",
        ],
      },
      revoke: {
        basis: "documented",
        differs: ["All refresh tokens that came from the same sign-in end with the one that is revoked."],
      },
      userinfo: { basis: "documented", unconfirmed: ["The headers of a 401."] },
      userinfo_post: { basis: "documented", unconfirmed: ["The headers of a 401."] },
      jwks: { basis: "documented" },
      "openid-configuration": {
        basis: "documented",
        differs: ["It names only what the tenant serves; Auth0's names more."],
      },
      "oauth-authorization-server": {
        basis: "documented",
        differs: ["It names only what the tenant serves; Auth0's names more."],
      },
    },
  },
  "Signing keys": {
    setUp: ["signing_keys"],
    operations: {
      get_signing_keys: { basis: "documented" },
      get_signing_key: { basis: "documented", unconfirmed: ["The text for a key that does not exist."] },
      post_signing_keys: { basis: "documented" },
      put_signing_keys: {
        basis: "documented",
        unconfirmed: ["The refusal of a key that is not a previous one."],
      },
    },
  },
  "User blocks": {
    setUp: ["login_failures"],
    operations: {
      "delete_user-blocks": { basis: "documented" },
      "delete_user-blocks_by_id": { basis: "documented" },
    },
  },
  "Authentication API: signing in and out": {
    setUp: ["organizations", "organization_connections", "organization_members", "sessions", "transactions"],
    differs: [
      "The pages can be served over plain HTTP besides, for browsers that do not trust the local certificate.",
      "The pages have Auth0's texts and an organization's look, but they are not Auth0's own pages.",
    ],
    operations: {
      authorize: {
        basis: "documented",
        differs: [
          "It knows the response type `code`, and no other.",
          "Nobody is asked for consent; an application of a third party is refused with `consent_required`.",
          "There are no invitations, no Actions and no second factors.",
        ],
        unconfirmed: ["That roles given to the person outside the organization do not count within it."],
      },
      authorize_resume: { basis: "assumed" },
      login_page: { basis: "assumed" },
      login: {
        basis: "documented",
        differs: [
          "Only people of database connections can sign in: behind the tenant there is no other identity provider.",
          "With several database connections, the form is for the default directory, else for the first.",
          "Wrong passwords are counted for each login, whatever address they come from.",
        ],
      },
      signup_page: { basis: "assumed" },
      signup: { basis: "documented", differs: ["No email is sent."] },
      organization_page: { basis: "assumed" },
      organization: {
        basis: "documented",
        differs: ["An organization is found by its name, not by the domain of an email address."],
      },
      organization_picker_page: { basis: "assumed" },
      organization_picker: { basis: "documented" },
      logout: {
        basis: "documented",
        differs: ["`federated` does nothing: there is no other identity provider to log out of."],
      },
      oidc_logout: { basis: "documented" },
      oidc_logout_post: { basis: "documented" },
    },
  },
};
