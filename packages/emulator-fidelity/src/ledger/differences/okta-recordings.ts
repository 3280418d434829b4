import { knownDifferences } from "../known-difference.ts";

const APPLICATIONS = "listApplications getApplication createApplication replaceApplication";
const SERVERS =
  "listAuthorizationServers getAuthorizationServer createAuthorizationServer replaceAuthorizationServer";

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
    recordings: ["preconfigured"],
    reason:
      "The recording makes applications from Okta's catalog of integrations. The local org has no catalog: it has " +
      "OpenID Connect applications of one's own only, and says so.",
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
