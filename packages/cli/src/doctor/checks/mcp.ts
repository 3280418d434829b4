/**
 * What an MCP server and applications of third parties need of the tenant itself, which no stack owns: settings, and
 * connections that exist. Auth0 docs: Resource Parameter Compatibility Profile; Register Applications with CIMD; Enable
 * Third-Party Application Access for an Organization.
 */
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import type { Organization } from "../../shared/organization.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import { atSettings, UNREADABLE } from "./tenant-settings.ts";

const SUBJECT = "MCP";

/** Nothing where the stack has neither. */
export async function checkMcp(config: StackConfig, auth0: TenantClient): Promise<Check[]> {
  const { api, clients, organizations } = config;
  if (api?.mcp !== true && clients.length === 0) return [];
  const allowing = organizations.filter(({ thirdPartyClientAccess: access }) => access === "allow");
  const checks = [
    ...(await checkSettings(config, auth0)),
    ...(await Promise.all(allowing.map((one) => checkConnections(one, auth0)))).flat(),
  ];
  return checks.length > 0 ? checks : [ok(SUBJECT, "the tenant has what the stack needs of it")];
}

const settingsSchema = z.object({
  resource_parameter_profile: z.string().nullish(),
  client_id_metadata_document_supported: z.boolean().nullish(),
  flags: z.object({ enable_dynamic_client_registration: z.boolean().nullish() }).nullish(),
});

async function checkSettings({ api, clients }: StackConfig, auth0: TenantClient): Promise<Check[]> {
  const { status, body } = await auth0.get("/tenants/settings");
  if (status !== 200) return [unchecked(SUBJECT, UNREADABLE)];
  const settings = settingsSchema.parse(body);
  const checks: Check[] = [];
  if (api?.mcp === true && settings.resource_parameter_profile !== "compatibility") {
    checks.push(
      wrong(
        SUBJECT,
        "the tenant does not take `resource`, by which MCP clients say for which server a token is (RFC 8707)",
        atSettings("Resource Parameter Compatibility Profile", {
          resource_parameter_profile: "compatibility",
        }),
      ),
    );
  }
  if (clients.length > 0 && settings.client_id_metadata_document_supported !== true) {
    checks.push(
      wrong(
        SUBJECT,
        "the tenant takes no metadata documents of applications, so `clients` cannot be registered",
        atSettings("Client ID Metadata Document Registration", {
          client_id_metadata_document_supported: true,
        }),
      ),
    );
  }
  const registers = settings.flags?.enable_dynamic_client_registration === true;
  if (registers && api?.mcp === true && api.thirdPartyPermissions === undefined) {
    checks.push(
      wrong(
        SUBJECT,
        "anybody may register an application in the tenant, which then gets no token for this API",
        `${atSettings("OIDC Dynamic Application Registration, off", { flags: { enable_dynamic_client_registration: false } })}; ` +
          "or, if it is meant, say with api.thirdPartyPermissions what they may ask for",
      ),
    );
  }
  return checks;
}

const connectionsSchema = z.array(z.object({ is_domain_connection: z.boolean().default(false) }));

/** Applications of third parties log people in through connections at the domain level alone; the stack's own are. */
async function checkConnections(
  { name, file, connections }: Organization,
  auth0: TenantClient,
): Promise<Check[]> {
  if (connections.some(({ kind }) => kind !== "existing")) return [];
  const levels = await Promise.all(
    connections.map(async (connection) => {
      const { status, body } = await auth0.get(`/connections?name=${encodeURIComponent(connection.name)}`);
      return status === 200 ? connectionsSchema.parse(body) : [];
    }),
  );
  const known = levels.flat();
  if (known.length === 0 || known.some(({ is_domain_connection: is }) => is)) return [];
  const whose = file === undefined ? "the organization" : `organization ${name}`;
  const names = connections.map((one) => one.name).join(", ");
  return [
    wrong(
      SUBJECT,
      `nobody can log in to ${whose} with an application of a third party: ${names} is not at the domain level`,
      "in Auth0: Authentication > the connection > Promote Connection to Domain Level (every third-party application " +
        "of the tenant may use it then); or auth0 api patch connections/ID --data '{\"is_domain_connection\":true}'",
    ),
  ];
}
