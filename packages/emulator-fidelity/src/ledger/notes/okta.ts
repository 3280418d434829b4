import type { TenantNotes } from "../note.ts";

/** How like Okta the local tenant is, operation by operation. */
export const oktaNotes: TenantNotes = {
  vendor: "Okta",
  differs: [],
  areas: {
    Org: {
      setUp: ["org"],
      operations: {
        getWellknownOrgMetadata: { basis: "recorded" },
        getOrgSettings: { basis: "documented" },
      },
    },
    Users: {
      setUp: ["users"],
      differs: [
        "People cannot be changed after they were made, and nobody signs in: whether a person has a password is kept, the password is not.",
        "`filter` and `search` compare logins, email addresses, first and last names, status and id, by `eq`, `sw`, `gt`, `ge`, `lt`, `le` and `pr`, joined by `and` and `or`, without parentheses.",
      ],
      operations: {
        createUser: {
          basis: "recorded",
          unconfirmed: ["The texts about logins and email addresses that are none."],
        },
        listUsers: { basis: "documented" },
        getUser: { basis: "recorded" },
        activateUser: { basis: "documented" },
        deactivateUser: { basis: "recorded" },
        deleteUser: { basis: "recorded" },
        listUserGroups: { basis: "recorded" },
      },
    },
    Groups: {
      setUp: ["groups", "group_members"],
      differs: [
        "`filter` and `search` compare name, type and id only.",
        "Groups have no owners, though answers link to them.",
      ],
      operations: {
        listGroupUsers: { basis: "recorded" },
        assignUserToGroup: { basis: "recorded" },
        unassignUserFromGroup: { basis: "recorded" },
        listAssignedApplicationsForGroup: { basis: "documented" },
        addGroup: { basis: "recorded" },
        listGroups: { basis: "recorded" },
        getGroup: { basis: "recorded" },
        replaceGroup: { basis: "recorded" },
        deleteGroup: { basis: "recorded" },
      },
    },
    Policies: {
      setUp: ["access_policies"],
      operations: {
        listPolicies: { basis: "recorded" },
        getPolicy: { basis: "recorded" },
      },
    },
    "Inline hooks": {
      setUp: ["inline_hooks"],
      operations: {
        createInlineHook: { basis: "recorded" },
        listInlineHooks: { basis: "documented" },
        getInlineHook: { basis: "recorded" },
        replaceInlineHook: { basis: "recorded" },
        activateInlineHook: { basis: "recorded" },
        deactivateInlineHook: { basis: "recorded" },
        deleteInlineHook: { basis: "recorded" },
      },
    },
    Applications: {
      setUp: ["apps"],
      operations: {
        createApplication: { basis: "recorded" },
        listApplications: { basis: "recorded" },
        getApplication: { basis: "recorded" },
        replaceApplication: { basis: "recorded" },
        activateApplication: { basis: "recorded" },
        deactivateApplication: { basis: "recorded" },
        deleteApplication: { basis: "recorded" },
      },
    },
    "Client secrets of applications": {
      setUp: ["client_secrets"],
      operations: {
        listOAuth2ClientSecrets: { basis: "recorded" },
        createOAuth2ClientSecret: { basis: "documented" },
        getOAuth2ClientSecret: { basis: "documented" },
        activateOAuth2ClientSecret: { basis: "documented" },
        deactivateOAuth2ClientSecret: { basis: "documented" },
        deleteOAuth2ClientSecret: { basis: "documented" },
      },
    },
    "Keys of applications": {
      setUp: ["apps"],
      operations: {
        listJwk: { basis: "documented" },
        addJwk: { basis: "documented" },
        getJwk: { basis: "documented" },
        activateOAuth2ClientJsonWebKey: { basis: "documented" },
        deactivateOAuth2ClientJsonWebKey: { basis: "documented" },
        deletejwk: { basis: "documented" },
      },
    },
    "ID token settings of applications": {
      setUp: ["apps"],
      operations: {
        getIdTokenSettings: { basis: "recorded" },
        updateIdTokenSettings: { basis: "recorded" },
      },
    },
    "Policies of applications": {
      setUp: ["apps"],
      operations: {
        assignApplicationPolicy: { basis: "recorded" },
      },
    },
    "Groups of applications": {
      setUp: ["app_groups"],
      operations: {
        listApplicationGroupAssignments: { basis: "recorded" },
        getApplicationGroupAssignment: { basis: "recorded" },
        assignGroupToApplication: { basis: "recorded" },
        unassignApplicationFromGroup: { basis: "recorded" },
      },
    },
    "Scope grants of applications": {
      setUp: ["app_grants"],
      operations: {
        listScopeConsentGrants: { basis: "documented" },
        grantConsentToScope: { basis: "documented" },
        getScopeConsentGrant: { basis: "documented" },
        revokeScopeConsentGrant: { basis: "documented" },
      },
    },
    "Administrator roles of applications": {
      setUp: ["client_roles"],
      differs: [
        "Roles are kept and shown. A service app may do what its scopes allow, with or without a role, as in an org that gives new clients every role.",
      ],
      operations: {
        assignRoleToClient: { basis: "recorded" },
        listRolesForClient: { basis: "documented" },
        retrieveClientRole: { basis: "recorded" },
        deleteRoleFromClient: { basis: "recorded" },
      },
    },
    "Authorization servers": {
      setUp: ["authorization_servers"],
      operations: {
        createAuthorizationServer: { basis: "recorded" },
        listAuthorizationServers: { basis: "recorded" },
        getAuthorizationServer: { basis: "recorded" },
        replaceAuthorizationServer: { basis: "recorded" },
        activateAuthorizationServer: { basis: "recorded" },
        deactivateAuthorizationServer: { basis: "recorded" },
        deleteAuthorizationServer: { basis: "recorded" },
      },
    },
    "Keys of authorization servers": {
      setUp: ["signing_keys"],
      operations: {
        listAuthorizationServerKeys: { basis: "documented" },
        getAuthorizationServerKey: { basis: "documented" },
        rotateAuthorizationServerKeys: { basis: "documented" },
      },
    },
    Scopes: {
      setUp: ["scopes"],
      operations: {
        createOAuth2Scope: { basis: "recorded" },
        listOAuth2Scopes: { basis: "recorded" },
        getOAuth2Scope: { basis: "recorded" },
        replaceOAuth2Scope: { basis: "recorded" },
        deleteOAuth2Scope: { basis: "recorded" },
      },
    },
    Claims: {
      setUp: ["claims"],
      operations: {
        createOAuth2Claim: { basis: "recorded" },
        listOAuth2Claims: { basis: "recorded" },
        getOAuth2Claim: { basis: "recorded" },
        replaceOAuth2Claim: { basis: "recorded" },
        deleteOAuth2Claim: { basis: "recorded" },
      },
    },
    "Access policies": {
      setUp: ["policies"],
      operations: {
        createAuthorizationServerPolicy: { basis: "recorded" },
        listAuthorizationServerPolicies: { basis: "recorded" },
        getAuthorizationServerPolicy: { basis: "recorded" },
        replaceAuthorizationServerPolicy: { basis: "recorded" },
        activateAuthorizationServerPolicy: { basis: "documented" },
        deactivateAuthorizationServerPolicy: { basis: "documented" },
        deleteAuthorizationServerPolicy: { basis: "recorded" },
      },
    },
    "Rules of access policies": {
      setUp: ["rules"],
      operations: {
        createAuthorizationServerPolicyRule: { basis: "recorded" },
        listAuthorizationServerPolicyRules: { basis: "documented" },
        getAuthorizationServerPolicyRule: { basis: "recorded" },
        replaceAuthorizationServerPolicyRule: { basis: "recorded" },
        activateAuthorizationServerPolicyRule: { basis: "documented" },
        deactivateAuthorizationServerPolicyRule: { basis: "documented" },
        deleteAuthorizationServerPolicyRule: { basis: "recorded" },
      },
    },
    "Clients of authorization servers": {
      setUp: [],
      differs: ["No refresh token is ever issued, so there is none to list, to show or to revoke."],
      operations: {
        listOAuth2ClientsForAuthorizationServer: { basis: "documented" },
        listRefreshTokensForAuthorizationServerAndClient: { basis: "documented" },
        getRefreshTokenForAuthorizationServerAndClient: { basis: "documented" },
        revokeRefreshTokensForAuthorizationServerAndClient: { basis: "documented" },
        revokeRefreshTokenForAuthorizationServerAndClient: { basis: "documented" },
      },
    },
    "Discovery and keys": {
      setUp: ["authorization_servers", "signing_keys"],
      operations: {
        "org oauth-authorization-server": { basis: "recorded" },
        "authorization server oauth-authorization-server": { basis: "documented" },
        "org openid-configuration": { basis: "documented" },
        "authorization server openid-configuration": { basis: "documented" },
        "org keys": { basis: "documented" },
        "authorization server keys": { basis: "documented" },
      },
    },
    Tokens: {
      setUp: ["used_assertions", "revoked_tokens"],
      differs: [
        "The only grant is `client_credentials`; the discovery documents name all of Okta's.",
        "No token is bound to a key (DPoP): a client with `dpop_bound_access_tokens` is refused.",
      ],
      operations: {
        token: {
          basis: "documented",
          unconfirmed: ["Which of Okta's texts answers which wrong assertion, beyond the obvious."],
        },
        tokenCustomAS: {
          basis: "documented",
          differs: [
            "Of the expression language for claims: literals, names such as `app.clientId`, `==`, `!=`, `+`, `? :` and parentheses. A claim with anything else in it is left out of the token.",
          ],
          unconfirmed: [
            "Which of Okta's texts answers which wrong client credentials, beyond the obvious.",
            "A client must authenticate in the way it is registered for, also where both ways carry its secret.",
            "The answer of a deactivated authorization server (`The authorization server id is invalid.`).",
          ],
        },
        introspect: { basis: "documented" },
        introspectCustomAS: { basis: "documented" },
        revoke: { basis: "documented" },
        revokeCustomAS: { basis: "documented" },
      },
    },
  },
};
