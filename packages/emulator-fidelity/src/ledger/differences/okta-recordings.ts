import { knownDifferences } from "../known-difference.ts";

const APPLICATIONS = "listApplications getApplication createApplication replaceApplication";
const SERVERS =
  "listAuthorizationServers getAuthorizationServer createAuthorizationServer replaceAuthorizationServer";

const OTHER_APPS =
  "The recording makes applications from Okta's catalog of integrations, or SAML ones. The local org has no catalog: " +
  "it has OpenID Connect applications of one's own only, and says so.";
const SAML = ["OktaAppFederatedClaim", "OktaAppMetadataSaml", "OktaAppSaml", "OktaAppSignOnPolicyRule"];

const CUSTOM_ATTRIBUTES =
  "The recording gives users attributes of the org's own. The schema of users cannot be extended here, and a user " +
  "with such an attribute is refused.";
const CUSTOM = ["OktaUser_read", "OktaUser_customProfileAttributes"];

/** Where the Okta org differs from recordings of Okta's answers. */
export const oktaRecordings = knownDifferences("okta", "recordings", [
  {
    operations: "getAuthorizationServerKey",
    kind: "status",
    at: ["200 404"],
    recordings: ["TestAccDataSourceOktaAuthServerKeys_read"],
    reason:
      "The recording was written by hand, with made-up ids: it reads a key of an authorization server that nothing " +
      "shows or makes, and the answer lacks the key itself.",
  },
  {
    operations: SERVERS,
    kind: "missing",
    at: ["_links.resourceServerCredentialsKeys", "[]._links.resourceServerCredentialsKeys"],
    reason: "Newer orgs encrypt tokens for resource servers with keys of their own; the local org cannot.",
  },
  {
    operations: `${APPLICATIONS} deactivateApplication deleteApplication assignApplicationPolicy`,
    kind: "status",
    at: ["200 501", "200 404", "204 404"],
    recordings: ["preconfigured", ...SAML],
    reason: OTHER_APPS,
  },
  {
    operations: "listApplications",
    kind: "missing",
    at: ["[]"],
    recordings: SAML,
    reason: OTHER_APPS,
  },
  {
    operations:
      "createGroupRule getGroupRule activateGroupRule deactivateGroupRule deleteGroupRule replaceGroupRule",
    kind: "status",
    at: ["423 200", "200 400", "204 404", "202 404", "200 404"],
    recordings: ["OktaGroupRule_423ResponseCapture"],
    reason:
      "Okta refuses some of several rules that are made at once with a 423, to be tried again; the local org makes each, " +
      "and refuses the second try for its name.",
  },
  {
    operations: "listGroupUsers",
    kind: "extra",
    at: ["[]"],
    recordings: ["OktaGroupMemberships_import"],
    reason:
      "Okta's list lags behind a membership that was made just before; the local org's does only where it is told to.",
  },
  {
    operations: "getPolicy",
    kind: "extra",
    at: ["_embedded"],
    recordings: ["TestAccDataSourceOktaAppSignOnPolicyRule_read"],
    reason: "The recording's policy is shown without what it guards, which all others show.",
  },
  {
    operations:
      "createUser getUser replaceUser deleteUser listUsers listUserGroups listAssignedRolesForUser deactivateUser",
    kind: "status",
    at: ["200 400", "200 404", "204 404"],
    recordings: CUSTOM,
    reason: CUSTOM_ATTRIBUTES,
  },
  {
    operations: "listUsers",
    kind: "missing",
    at: ["[]"],
    recordings: CUSTOM,
    reason: CUSTOM_ATTRIBUTES,
  },
  {
    operations: "listUsers",
    kind: "header",
    at: ["link.next"],
    recordings: CUSTOM,
    reason: CUSTOM_ATTRIBUTES,
  },
  {
    operations: "getGroup listGroups listUserGroups",
    kind: "time",
    at: ["lastMembershipUpdated", "[].lastMembershipUpdated"],
    reason:
      "Okta notes the time of a changed membership in the background, seconds later or at the next change; the local " +
      "org at once.",
  },
  {
    operations: "assignGroupToApplication",
    kind: "value",
    at: ["priority"],
    recordings: ["TestAccResourceOktaAppGroupAssignment_crud"],
    reason:
      "Two requests came at once; Okta's answer to one of them shows a priority that no later answer shows.",
  },
]);
