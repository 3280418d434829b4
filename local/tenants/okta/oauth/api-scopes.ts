/**
 * What can be done with Okta's own API (Okta docs, "OAuth 2.0 scopes"; as an org's metadata lists them). The
 * names stand for `okta.<name>.manage` and `okta.<name>.read`, a few for one of them only.
 */
const RESOURCES =
  "agentPools apiTokens appGrants apps authenticators authorizationServers behaviors botProtection brands captchas certificateAuthorities clients deviceAssurance deviceIntegrations devicePostureChecks devices directories.groups domains dr emailDomains emailServers eventHooks factors features groups identitySources idps inlineHooks linkedObjects logStreams manifests networkZones oauthIntegrations orgs personal.adminSettings policies principalRateLimits privilegedResources profileMappings pushProviders rateLimits realmAssignments realms riskProviders roles schemas securityEventsProviders serviceAccounts sessions templates threatInsights trustedOrigins uischemas userRisk userTypes users".split(
    " ",
  );

/** The scopes that do not come in such a pair. */
const SINGLE = [
  "okta.accessRequests.tasks.manage",
  "okta.accessRequests.tasks.read",
  "okta.clients.register",
  "okta.directories.manage",
  "okta.events.read",
  "okta.governance.assignmentCandidates.read",
  "okta.logs.read",
  "okta.operations.read",
  "okta.reports.read",
  "okta.riskEvents.manage",
  "okta.users.manage.self",
  "okta.users.read.self",
];

/** Every scope of Okta's own API that the org knows. */
export const API_SCOPES: readonly string[] = [
  ...RESOURCES.flatMap((name) => [`okta.${name}.manage`, `okta.${name}.read`]),
  ...SINGLE,
].sort();

const known = new Set(API_SCOPES);

/** Whether this is a scope of Okta's own API. */
export function isApiScope(scope: string): boolean {
  return known.has(scope);
}
