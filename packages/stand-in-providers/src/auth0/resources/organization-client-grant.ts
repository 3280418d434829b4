import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import { pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { organizationPath } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => organizationPath(call, "client-grants");

export const organizationClientGrant: ResourceType<Auth0Api> = {
  token: "auth0:index/organizationClientGrant:OrganizationClientGrant",
  what: "client grant of an organization",
  properties: {
    organizationId: pathId({ replace: true }),
    grantId: text("grant_id", { required: true, replace: true, writeOnly: true }),
  },
  imported: idOfParts("::", "organizationId", "grantId"),

  async create(call) {
    await call.api.send("POST", path(call), call.body());
    return { id: `${call.text("organizationId")}::${call.text("grantId")}` };
  },
  // The first page only, as in the official plugin.
  async read(call) {
    const answer = await unlessGone(call.api.get(path(call), { include_totals: true, per_page: 50 }));
    const grants = objectsAt(answer, "client_grants");
    return grants.find((grant) => textAt(grant, "id") === call.text("grantId"));
  },
  async delete(call) {
    await unlessGone(call.api.send("DELETE", `${path(call)}/${segment(call.text("grantId"))}`));
  },
};
