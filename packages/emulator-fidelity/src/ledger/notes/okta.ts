import type { TenantNotes } from "../notes.ts";

/** How like Okta the local org is. */
export const oktaNotes: TenantNotes = {
  vendor: "Okta",
  differs: [],
  areas: {
    Org: { setUp: ["org"], echoed: "getWellknownOrgMetadata", documented: "getOrgSettings" },
    Users: {
      setUp: ["users", "passwords"],
      differs: [
        "A new local org has three people, who can sign in. Nobody can with a password that was imported as a hash.",
        "All types of users have the same attributes. Schemas of users, groups and users of applications are not served, so nobody has attributes of one's own; nor are factors and risk levels. There is one realm; a request that names another changes nothing.",
        "`filter` and `search` compare logins, email addresses, first and last names, status and id, by `eq`, `sw`, `gt`, `ge`, `lt`, `le` and `pr`, joined by `and` and `or`, without parentheses.",
      ],
      recorded: `
      createUser getUser replaceUser deactivateUser deleteUser listUserGroups changePassword
      changeRecoveryQuestion listUsers activateUser`,
      documented: "updateUser",
      notes: {
        createUser: { unconfirmed: ["The texts about logins and email addresses that are none."] },
        changePassword: { unconfirmed: ["The refusal of a wrong password."] },
        changeRecoveryQuestion: { unconfirmed: ["The refusal of a wrong password."] },
      },
    },
    "Administrator roles of users": {
      setUp: ["user_roles"],
      differs: [
        "They are kept and shown, and give nobody any right. Custom roles, resource sets and the roles of groups are not served.",
      ],
      recorded: "assignRoleToUser listAssignedRolesForUser unassignRoleFromUser",
      notes: {
        assignRoleToUser: { unconfirmed: ["The refusal of a role that the user has already."] },
      },
    },
    "Types of users": {
      setUp: ["user_types"],
      recorded: "createUserType getUserType deleteUserType",
      documented: "listUserTypes updateUserType",
      notes: {
        updateUserType: { unconfirmed: ["The refusal of a change of the default type."] },
        deleteUserType: { unconfirmed: ["The refusal for a type that users have."] },
      },
    },
    "Group rules": {
      setUp: ["group_rules"],
      differs: ["They are kept and shown, and put nobody into a group."],
      recorded: `
      createGroupRule listGroupRules getGroupRule replaceGroupRule activateGroupRule deactivateGroupRule
      deleteGroupRule`,
      notes: {
        createGroupRule: { unconfirmed: ["The refusal of a group that is not there."] },
        replaceGroupRule: { unconfirmed: ["The refusal of a change of an active rule."] },
        deleteGroupRule: { unconfirmed: ["The refusal for an active rule."] },
      },
    },
    Groups: {
      setUp: ["groups", "group_members"],
      differs: [
        "Of those that are built in there is Everyone alone.",
        "`filter` and `search` compare name, type and id only.",
        "Groups have no owners, though answers link to them.",
      ],
      recorded: `
      listGroupUsers assignUserToGroup unassignUserFromGroup addGroup listGroups getGroup
      replaceGroup deleteGroup`,
    },
    Policies: {
      setUp: ["access_policies"],
      differs: [
        "Of each type but ACCESS_POLICY there is the org's default policy alone, to be looked up by its type. Those of OKTA_SIGN_ON, MFA_ENROLL, PROFILE_ENROLLMENT and ENTITY_RISK were not seen in an answer of the real API.",
      ],
      recorded: "listPolicies",
      documented: "getPolicy",
    },
    "Inline hooks": {
      setUp: ["inline_hooks"],
      recorded: `
      createInlineHook getInlineHook replaceInlineHook activateInlineHook deactivateInlineHook
      deleteInlineHook`,
      documented: "listInlineHooks",
    },
    Applications: {
      setUp: ["apps"],
      recorded: `
      createApplication listApplications getApplication replaceApplication
      deactivateApplication deleteApplication`,
      documented: "activateApplication",
      differs: [
        "There are OpenID Connect applications of one's own only, by the name `oidc_client`: none of Okta's catalog, no bookmarks, none for SAML. Authenticators are not served.",
      ],
      notes: {
        replaceApplication: {
          unconfirmed: [
            "In which order keys come back, other than that it need not be the one they were sent in.",
          ],
        },
      },
    },
    "Client secrets of applications": {
      setUp: ["client_secrets"],
      recorded: "listOAuth2ClientSecrets",
      documented: `
      createOAuth2ClientSecret getOAuth2ClientSecret activateOAuth2ClientSecret
      deactivateOAuth2ClientSecret deleteOAuth2ClientSecret`,
    },
    "Keys of applications": {
      setUp: ["apps"],
      documented:
        "listJwk addJwk getJwk activateOAuth2ClientJsonWebKey deactivateOAuth2ClientJsonWebKey deletejwk",
    },
    "ID token settings of applications": {
      setUp: ["apps"],
      recorded: "getIdTokenSettings updateIdTokenSettings",
    },
    "Policies of applications": { setUp: ["apps"], recorded: "assignApplicationPolicy" },
    "Groups of applications": {
      setUp: ["app_groups"],
      notes: {
        assignGroupToApplication: {
          unconfirmed: [
            "How groups make room for one that asks for a priority that is taken, and that one that asks for none gets the first that is free.",
          ],
        },
      },
      recorded: `
      listApplicationGroupAssignments getApplicationGroupAssignment assignGroupToApplication
      unassignApplicationFromGroup`,
    },
    "Users of applications": {
      setUp: ["app_users"],
      differs: ["Users who have it by a group are not listed. Profiles have the claims of OpenID Connect."],
      recorded: `
      assignUserToApplication listApplicationUsers getApplicationUser
      unassignUserFromApplication`,
      documented: "updateApplicationUser",
    },
    "Administrator roles of applications": {
      setUp: ["client_roles"],
      differs: ["They are kept and shown, and give no client any right. There are standard roles only."],
      recorded: "assignRoleToClient retrieveClientRole deleteRoleFromClient",
      documented: "listRolesForClient",
      notes: {
        assignRoleToClient: { unconfirmed: ["The refusal of a role that the client has already."] },
      },
    },
    "Scope grants of applications": {
      setUp: ["app_grants"],
      documented: "listScopeConsentGrants grantConsentToScope getScopeConsentGrant revokeScopeConsentGrant",
    },
    "Authorization servers": {
      setUp: ["authorization_servers"],
      differs: ["The clients that hold refresh tokens of a server, and these tokens, are not listed."],
      recorded: `
      createAuthorizationServer listAuthorizationServers getAuthorizationServer
      replaceAuthorizationServer activateAuthorizationServer deactivateAuthorizationServer
      deleteAuthorizationServer`,
    },
    "Keys of authorization servers": {
      setUp: ["signing_keys"],
      documented: "listAuthorizationServerKeys getAuthorizationServerKey rotateAuthorizationServerKeys",
    },
    Scopes: {
      setUp: ["scopes"],
      recorded: "createOAuth2Scope listOAuth2Scopes getOAuth2Scope replaceOAuth2Scope deleteOAuth2Scope",
    },
    Claims: {
      setUp: ["claims"],
      recorded: "createOAuth2Claim listOAuth2Claims getOAuth2Claim replaceOAuth2Claim deleteOAuth2Claim",
    },
    "Access policies": {
      setUp: ["policies"],
      recorded: `
      createAuthorizationServerPolicy listAuthorizationServerPolicies
      getAuthorizationServerPolicy replaceAuthorizationServerPolicy
      deleteAuthorizationServerPolicy`,
      documented: "activateAuthorizationServerPolicy deactivateAuthorizationServerPolicy",
    },
    "Rules of access policies": {
      setUp: ["rules"],
      recorded: `
      createAuthorizationServerPolicyRule getAuthorizationServerPolicyRule
      replaceAuthorizationServerPolicyRule deleteAuthorizationServerPolicyRule`,
      documented: `
      listAuthorizationServerPolicyRules activateAuthorizationServerPolicyRule
      deactivateAuthorizationServerPolicyRule`,
    },
    "Signing in": {
      setUp: ["users", "passwords", "group_members", "app_groups", "sign_ins", "authorization_codes"],
      differs: [
        "People sign in at the org's own issuer, not at its authorization servers; the page is not Okta's own.",
        "There are no sessions, no second factors and no policies of sign-on: a password signs in once, to one application.",
        "The scopes are `openid`, `profile` and `email`; others of OpenID Connect are not granted, and there are no refresh tokens.",
      ],
      documented: "authorize userinfo",
      assumed: "signIn",
      notes: {
        authorize: {
          unconfirmed: [
            "The texts of refusals.",
            "That the ID token has the claims of its scopes beside an access token.",
          ],
        },
      },
    },
    "Discovery and keys": {
      setUp: ["authorization_servers", "signing_keys"],
      documented: `
      getWellKnownOAuthConfigurationCustomAS getWellKnownOpenIDConfiguration
      getWellKnownOpenIDConfigurationCustomAS oauthKeys oauthKeysCustomAS
      getWellKnownOAuthConfiguration`,
    },
    Tokens: {
      setUp: ["used_assertions", "used_proofs", "revoked_tokens"],
      differs: [
        "The grants are `client_credentials` and, from the org itself, `authorization_code`; the discovery documents name all of Okta's.",
      ],
      documented: "token tokenCustomAS introspect introspectCustomAS revoke revokeCustomAS",
      notes: {
        token: {
          unconfirmed: [
            "Which of Okta's texts answers which wrong assertion, beyond the obvious.",
            "That the proof (DPoP) of a client without `dpop_bound_access_tokens` is not looked at.",
          ],
        },
        tokenCustomAS: {
          differs: [
            "Of the expression language for claims: literals, names such as `app.clientId`, `==`, `!=`, `+`, `? :` and parentheses. A claim with anything else in it is left out of the token.",
          ],
          unconfirmed: [
            "Which of Okta's texts answers which wrong client credentials, beyond the obvious.",
            "A client must authenticate in the way it is registered for, also where both ways carry its secret.",
            "The answer of a deactivated authorization server (`The authorization server id is invalid.`).",
          ],
        },
      },
    },
  },
};
