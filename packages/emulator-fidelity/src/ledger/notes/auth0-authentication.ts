import type { AreaNotes } from "../notes.ts";

/** The Authentication API and the login pages. */
export const authenticationAreas: Readonly<Record<string, AreaNotes>> = {
  "Authentication API: tokens": {
    setUp: [
      "clients",
      "client_grants",
      "refresh_tokens",
      "signing_keys",
      "used_proofs",
      "users",
      "passwords",
    ],
    differs: ["Answers carry no CORS headers."],
    documented:
      "token revoke userinfo userinfo_post jwks openid-configuration oauth-authorization-server register",
    notes: {
      token: {
        differs: [
          "It knows the grants `authorization_code`, `refresh_token` and `client_credentials`, and no other.",
          "A refresh token can be used by the application for the API that it was issued for alone.",
        ],
        unconfirmed: [
          "The statuses and texts with which an `organization` is refused for client credentials.",
          "That a refresh token of somebody who left the organization is refused with `access_denied`.",
          "The status of a redirect URI that is not the one of the authorization request.",
          "How long a code may be exchanged: here it is ten minutes.",
          "With the resource parameter's compatibility profile: that `client_credentials` takes `resource`, and that one that was not granted is refused for codes and refresh tokens with `invalid_target`.",
          "The texts about proofs of possession (DPoP), and that the refresh token of a public client that was bound to a key is refused as an unknown one where that key is not proved.",
        ],
      },
      revoke: {
        differs: ["All refresh tokens that came from the same sign-in end with the one that is revoked."],
      },
      userinfo: { unconfirmed: ["The headers of a 401."] },
      userinfo_post: { unconfirmed: ["The headers of a 401."] },
      "openid-configuration": { differs: ["It names only what the tenant serves; Auth0's names more."] },
      "oauth-authorization-server": {
        differs: ["It names only what the tenant serves; Auth0's names more."],
        unconfirmed: [
          "That `registration_endpoint` is named where dynamic registration is off, too.",
          "That `client_id_metadata_document_supported` is left out where it is off.",
        ],
      },
      register: {
        differs: ["There is no limit to how many applications register themselves."],
        unconfirmed: [
          "The answer where dynamic registration is off: here it is 403 `access_denied`.",
          "The errors of what is wrong with the metadata: here they are those of RFC 7591.",
          "That `application_type` becomes the application's type.",
        ],
      },
    },
  },
  "Signing keys": {
    setUp: ["signing_keys"],
    documented: "get_signing_keys get_signing_key post_signing_keys put_signing_keys",
    notes: {
      get_signing_key: { unconfirmed: ["The text for a key that does not exist."] },
      put_signing_keys: { unconfirmed: ["The refusal of a key that is not a previous one."] },
    },
  },
  "User blocks": { setUp: ["login_failures"], documented: "delete_user-blocks delete_user-blocks_by_id" },
  "Authentication API: signing in and out": {
    setUp: [
      "federations",
      "organizations",
      "organization_connections",
      "organization_members",
      "pushed_requests",
      "sessions",
      "transactions",
      "user_grants",
    ],
    differs: [
      "The pages can be served over plain HTTP besides, for browsers that do not trust the local certificate.",
      "The pages have Auth0's texts and an organization's look, but they are not Auth0's own pages.",
    ],
    documented: `
      par authorize login signup organization organization_picker consent confirm
      login_callback logout oidc_logout oidc_logout_post`,
    assumed: `
      authorize_resume login_page signup_page organization_page organization_picker_page
      consent_page confirm_page federated social_page social`,
    notes: {
      authorize: {
        differs: [
          "It knows the response type `code`, and no other.",
          "Applications register their metadata document by the Management API; one that is unknown is not fetched and registered on the way.",
          "There are no Actions and no second factors.",
        ],
        unconfirmed: [
          "That roles given to the person outside the organization do not count within it.",
          "That an invited person may make an account where sign-up is closed, and keeps an unverified address.",
          "The refusal of an invitation by somebody with another email address.",
          "For applications of third parties: the texts about parameters and a missing challenge, that `response_mode` is among the parameters, and `unauthorized_client` without a client grant. Auth0 finds some of them only after login.",
          "That an application that was registered by a metadata document is known by its `tpc_…` id, too.",
          "That `prompt=none` is refused with `interaction_required` where the callback is on the person's own machine or has a scheme of its own.",
          "The texts for a request that had to be pushed, and for a `request_uri` that is not good.",
        ],
      },
      par: {
        unconfirmed: [
          "The refusals of a public client and of a third party's, and where the tenant does not allow pushed requests.",
          "The error codes of what is wrong with the request itself.",
        ],
      },
      login: {
        differs: [
          "Of connections to other identity providers those of the strategies `okta` and `oidc` work, where the provider is on this machine; `google-oauth2` and `github` lead to a page of the tenant's own, on which one picks who to be.",
          "The claims of an identity provider become the profile as they are; `attribute_map` and `upstream_params` are kept and not used.",
          "With several database connections, the form is for the default directory, else for the first.",
          "Wrong passwords are counted for each login, whatever address they come from.",
        ],
      },
      signup: { differs: ["No email is sent."] },
      consent: {
        differs: [
          "What people let applications have is seen and taken back with a snapshot, and not by `/api/v2/grants`; `prompt=consent` asks again.",

          "Scopes are listed by name and description, whatever `use_scope_descriptions_for_consent` says.",
        ],
        unconfirmed: [
          "That only scopes are listed, and kept, that the person may have.",
          "The text of a refusal (`User did not authorize the request`).",
        ],
      },
      confirm: {
        unconfirmed: ["That a way by another identity provider counts as a page that the person has seen."],
      },
      organization: {
        unconfirmed: ["The text for an email address whose domain is no organization's."],
      },
      logout: { differs: ["`federated` does nothing: there is no other identity provider to log out of."] },
    },
  },
};
