import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { flag, out, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { organizationPath } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => organizationPath(call, "discovery-domains");
/** The id in the state has the organization before the domain's own. */
const one = (call: Auth0Call) => `${path(call)}/${segment(call.id.split("::")[1] ?? "")}`;

export const organizationDiscoveryDomain: ResourceType<Auth0Api> = {
  token: "auth0:index/organizationDiscoveryDomain:OrganizationDiscoveryDomain",
  what: "discovery domain of an organization",
  properties: {
    organizationId: pathId({ replace: true }),
    domain: text("domain", { required: true, replace: true, sent: "create" }),
    status: text("status", { required: true }),
    useForOrganizationDiscovery: flag("use_for_organization_discovery", { computed: true }),
    verificationHost: out(text("verification_host")),
    verificationTxt: out(text("verification_txt")),
  },
  imported: idOfParts("::", "organizationId", "own"),

  async create(call) {
    const made = await call.api.sendObject("POST", path(call), call.body());
    return { id: `${call.text("organizationId")}::${textAt(made, "id") ?? ""}` };
  },
  read: (call) => unlessGone(call.api.getObject(one(call))),
  async update(call) {
    await call.api.send("PATCH", one(call), call.body());
    return undefined;
  },
  async delete(call) {
    await unlessGone(call.api.send("DELETE", one(call)));
  },
};
