/** A list of words in one text. */
function words(text: string): string[] {
  return text.split(" ");
}

/** The scopes of Okta's own API that an org's metadata lists, without `okta.`, in its order. */
const LISTED = words(
  "users.manage users.manage.self users.read users.read.self linkedObjects.manage " +
    "linkedObjects.read profileMappings.manage profileMappings.read userTypes.manage userTypes.read " +
    "clients.manage clients.register clients.read appGrants.manage appGrants.read policies.manage " +
    "policies.read groups.manage groups.read inlineHooks.manage inlineHooks.read eventHooks.manage " +
    "eventHooks.read events.read logs.read apps.manage apps.read governance.assignmentCandidates.read " +
    "accessRequests.tasks.manage accessRequests.tasks.read schemas.manage schemas.read idps.manage " +
    "idps.read factors.manage factors.read riskProviders.manage riskProviders.read roles.manage " +
    "roles.read orgs.manage orgs.read domains.manage domains.read brands.manage brands.read " +
    "sessions.manage sessions.read templates.manage templates.read trustedOrigins.manage " +
    "trustedOrigins.read threatInsights.manage threatInsights.read behaviors.manage behaviors.read " +
    "networkZones.manage networkZones.read agentPools.manage agentPools.read reports.read " +
    "features.manage features.read certificateAuthorities.manage certificateAuthorities.read " +
    "principalRateLimits.manage principalRateLimits.read rateLimits.manage rateLimits.read " +
    "directories.manage directories.groups.manage apiTokens.manage apiTokens.read " +
    "personal.adminSettings.manage personal.adminSettings.read",
);

/** Scopes beyond those, each a pair of `manage` and `read` (Okta docs, "OAuth 2.0 scopes"). */
const UNLISTED_PAIRS = words(
  "authenticators authorizationServers botProtection captchas deviceAssurance deviceIntegrations " +
    "devicePostureChecks devices dr emailDomains emailServers identitySources logStreams manifests " +
    "oauthIntegrations privilegedResources pushProviders realmAssignments realms " +
    "securityEventsProviders serviceAccounts uischemas userRisk",
);

/** Single scopes beyond those. */
const UNLISTED = words("directories.groups.read operations.read riskEvents.manage");

/** The scopes of Okta's own API that an org's metadata lists, in its order. */
export const LISTED_API_SCOPES: readonly string[] = LISTED.map((name) => `okta.${name}`);

const known = new Set([
  ...LISTED_API_SCOPES,
  ...UNLISTED_PAIRS.flatMap((name) => [`okta.${name}.manage`, `okta.${name}.read`]),
  ...UNLISTED.map((name) => `okta.${name}`),
]);

/** Whether this is a scope of Okta's own API. */
export function isApiScope(scope: string): boolean {
  return known.has(scope);
}
