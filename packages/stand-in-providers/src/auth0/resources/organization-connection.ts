import { segment } from "../../http/escape.ts";
import { flag, out, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { organizationPath } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => organizationPath(call, "connections");
const one = (call: Auth0Call) => `${path(call)}/${segment(call.text("connectionId"))}`;

/** As in the official plugin neither id makes a new resource: a program asks for that with `replaceOnChanges`. */
export const organizationConnection: ResourceType<Auth0Api> = {
  token: "auth0:index/organizationConnection:OrganizationConnection",
  what: "organization connection",
  properties: {
    organizationId: pathId(),
    connectionId: text("connection_id", { required: true, sent: "create" }),
    assignMembershipOnLogin: flag("assign_membership_on_login", { computed: true }),
    isEnabled: flag("is_enabled", { default: true }),
    isSignupEnabled: flag("is_signup_enabled", { computed: true }),
    showAsButton: flag("show_as_button", { computed: true }),
    organizationAccessLevel: text("organization_access_level", { computed: true }),
    organizationConnectionName: out(text("organization_connection_name")),
    name: out(text("connection.name")),
    strategy: out(text("connection.strategy")),
  },
  imported: idOfParts("::", "organizationId", "connectionId"),

  async create(call) {
    await call.api.send("POST", path(call), call.body());
    return { id: `${call.text("organizationId")}::${call.text("connectionId")}` };
  },
  // A 404 is an error here, as it is in the official plugin.
  read: (call) => call.api.getObject(one(call)),
  async update(call) {
    await call.api.send("PATCH", one(call), call.body());
    return undefined;
  },
  async delete(call) {
    await call.api.send("DELETE", one(call));
  },
};
