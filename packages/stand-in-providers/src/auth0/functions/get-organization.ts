import { ApiError } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import { CHECKPOINT } from "../api.ts";
import type { Auth0Api } from "../api.ts";
import { organization } from "../resources/organization.ts";
import { organizationConnection } from "../resources/organization-connection.ts";
import { oneOf, textArgument } from "./arguments.ts";

export const getOrganization: FunctionType<Auth0Api> = {
  token: "auth0:index/getOrganization:getOrganization",
  what: "an organization",
  args: {
    organizationId: text(""),
    name: text(""),
    skipClientGrants: flag(""),
    skipConnections: flag(""),
    skipMembers: flag(""),
  },

  async run(api, args) {
    oneOf(args, "organizationId", "name");
    const wanted = textArgument(args, "organizationId");
    const found =
      wanted === undefined
        ? await api.getObject(`/organizations/name/${segment(textArgument(args, "name") ?? "")}`)
        : await api.getObject(`/organizations/${segment(wanted)}`);
    const id = textAt(found, "id") ?? "";
    const path = `/organizations/${segment(id)}`;
    const connections = await enabledConnections(api, `${path}/connections`);
    const asked = { ...CHECKPOINT, fields: "user_id", include_fields: true };
    const members = args.skipMembers ? [] : await api.pagesByCheckpoint(`${path}/members`, "members", asked);
    const grants = args.skipClientGrants ? [] : await clientGrants(api, `${path}/client-grants`);
    return {
      ...lookedUp(organization.properties, found),
      ...args,
      id,
      organizationId: id,
      connections: connections.map((link) => lookedUp(organizationConnection.properties, link)),
      members: members.map((member) => textAt(member, "user_id") ?? ""),
      clientGrants: grants.map((grant) => textAt(grant, "id") ?? ""),
    };
  },
};

/** One page more than there are: the official plugin asks until a page after the first is empty. */
async function enabledConnections(api: Auth0Api, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let page = 0; ; page += 1) {
    const asked = { include_totals: true, is_enabled: true, page, per_page: 50 };
    const next = objectsAt(await api.get(path, asked), "connections");
    if (next.length === 0 && page > 0) return found;
    found.push(...next);
  }
}

/** Without the scope to read them there are none to show. */
async function clientGrants(api: Auth0Api, path: string): Promise<JsonObject[]> {
  try {
    return await api.pagesByNumber(path, "client_grants", { per_page: 50 });
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 403) return [];
    throw thrown;
  }
}
