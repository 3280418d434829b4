/** A list of words in one text. */
function words(text: string): string[] {
  return text.split(" ");
}

/** The scopes of Okta's own API that an org tells of, without `okta.`, in the order in which it tells them. */
const TOLD = words(
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

/** What else Okta's own API can be asked for, as a pair of `manage` and `read` (Okta docs, "OAuth 2.0 scopes"). */
const UNTOLD_PAIRS = words(
  "authenticators authorizationServers botProtection captchas deviceAssurance deviceIntegrations " +
    "devicePostureChecks devices dr emailDomains emailServers identitySources logStreams manifests " +
    "oauthIntegrations privilegedResources pushProviders realmAssignments realms " +
    "securityEventsProviders serviceAccounts uischemas userRisk",
);

/** What else it can be asked for one by one. */
const UNTOLD = words("directories.groups.read operations.read riskEvents.manage");

/** The scopes of Okta's own API that the org's metadata lists, in its order. */
export const TOLD_API_SCOPES: readonly string[] = TOLD.map((name) => `okta.${name}`);

const known = new Set([
  ...TOLD_API_SCOPES,
  ...UNTOLD_PAIRS.flatMap((name) => [`okta.${name}.manage`, `okta.${name}.read`]),
  ...UNTOLD.map((name) => `okta.${name}`),
]);

/** Whether this is a scope of Okta's own API. */
export function isApiScope(scope: string): boolean {
  return known.has(scope);
}
