import { unlessGone } from "../../http/errors.ts";
import { textAt } from "../../http/json.ts";
import { out, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { organizationPath } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => organizationPath(call, "members", call.text("userId"), "roles");
const body = (call: Auth0Call) => ({ roles: [call.text("roleId")] });

export const organizationMemberRole: ResourceType<Auth0Api> = {
  token: "auth0:index/organizationMemberRole:OrganizationMemberRole",
  what: "role of an organization member",
  properties: {
    organizationId: pathId({ replace: true }),
    userId: pathId({ replace: true }),
    roleId: pathId({ replace: true }),
    roleName: out(text("name")),
    roleDescription: out(text("description")),
  },
  imported: idOfParts("::", "organizationId", "userId", "roleId"),

  async create(call) {
    await call.api.send("POST", path(call), body(call));
    return { id: ["organizationId", "userId", "roleId"].map((key) => call.text(key)).join("::") };
  },
  async read(call) {
    const roles = await unlessGone(call.api.pagesByNumber(path(call), "roles"));
    return roles?.find((role) => textAt(role, "id") === call.text("roleId"));
  },
  async delete(call) {
    await unlessGone(call.api.send("DELETE", path(call), body(call)));
  },
};
