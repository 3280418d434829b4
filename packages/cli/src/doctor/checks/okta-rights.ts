/** What the credentials of Okta may do, as far as reading tells. */
import { resourceTypes } from "@ai-api-access/resource-catalog";
import { codeIn, refusalText, type TenantClient } from "@ai-api-access/tenant-clients";
import type { Registration } from "../../shared/program/monitor.ts";
import { ok, wrong, type Check } from "../check.ts";

const NEXT = {
  token:
    "make a new one (Security > API > Tokens) and pulumi config set --secret okta:apiToken; tokens end after 30 days " +
    "without use",
  admin:
    "the admin who made the token (or the app of okta:clientId) has to be a super administrator, or an application " +
    "administrator who also is an API Access Management administrator",
  feature:
    "ask Okta for API Access Management, or name a server that exists: serviceApp.authorizationServer.existing",
};

/** Okta docs: "E0000015, You do not have permission to access the feature you are requesting". */
const NO_FEATURE = "E0000015";
const FEATURE = "API Access Management";

export async function checkOktaRights(
  okta: TenantClient,
  asApiToken: boolean,
  declared: readonly Registration[],
): Promise<Check[]> {
  if (asApiToken) {
    const me = await okta.get("/users/me");
    if (me.status === 401) return [wrong("okta", refusalText("the API token is refused", me), NEXT.token)];
  }
  const needsFeature = declared.some(({ type }) => resourceTypes.get(type)?.feature === FEATURE);
  const checks: Check[] = [];
  const apps = await okta.get("/apps?limit=1");
  if (apps.status !== 200)
    checks.push(wrong("admin rights", refusalText("reading applications", apps), NEXT.admin));
  const servers = await okta.get("/authorizationServers?limit=1");
  if (servers.status === 200) {
    if (checks.length === 0)
      checks.push(ok("admin rights", "applications and authorization servers of Okta"));
    checks.push(ok(FEATURE, "the org has it"));
  } else if (codeIn(servers) === NO_FEATURE) {
    if (checks.length === 0) checks.push(ok("admin rights", "applications of Okta"));
    checks.push(
      needsFeature
        ? wrong(FEATURE, "the org does not have it, and the stack declares a server of its own", NEXT.feature)
        : ok(FEATURE, "not needed: the authorization server exists"),
    );
  } else {
    checks.push(wrong("admin rights", refusalText("reading authorization servers", servers), NEXT.admin));
  }
  return checks;
}
