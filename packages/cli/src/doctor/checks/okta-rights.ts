/** What the credentials of Okta may do, as far as reading tells. */
import type { TenantApi } from "../../shared/tenants/api.ts";
import { refusal } from "../../shared/tenants/http.ts";
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

export async function checkOktaRights(
  okta: TenantApi,
  asApiToken: boolean,
  declared: readonly Registration[],
): Promise<Check[]> {
  if (asApiToken) {
    const me = await okta.get("/users/me");
    if (me.status === 401)
      return [wrong("okta", refusal("the API token is refused", me).message, NEXT.token)];
  }
  const ownServer = declared.some(({ type }) => type === "okta:auth/server:Server");
  const checks: Check[] = [];
  const apps = await okta.get("/apps?limit=1");
  if (apps.status !== 200)
    checks.push(wrong("admin rights", refusal("reading applications", apps).message, NEXT.admin));
  const servers = await okta.get("/authorizationServers?limit=1");
  const { code } = refusal("", servers);
  if (servers.status === 200) {
    if (checks.length === 0)
      checks.push(ok("admin rights", "applications and authorization servers of Okta"));
    checks.push(ok("API Access Management", "the org has it"));
  } else if (code === NO_FEATURE) {
    if (checks.length === 0) checks.push(ok("admin rights", "applications of Okta"));
    checks.push(
      ownServer
        ? wrong(
            "API Access Management",
            "the org does not have it, and the stack declares a server of its own",
            NEXT.feature,
          )
        : ok("API Access Management", "not needed: the authorization server exists"),
    );
  } else {
    checks.push(wrong("admin rights", refusal("reading authorization servers", servers).message, NEXT.admin));
  }
  return checks;
}
