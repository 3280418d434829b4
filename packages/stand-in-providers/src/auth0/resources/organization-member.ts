import { unlessGone } from "../../http/errors.ts";
import { textAt } from "../../http/json.ts";
import { pathId } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import { CHECKPOINT } from "../api.ts";
import type { Auth0Api } from "../api.ts";
import { organizationPath } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => organizationPath(call, "members");
const body = (call: Auth0Call) => ({ members: [call.text("userId")] });
const WANTED = { fields: "user_id", include_fields: true };

export const organizationMember: ResourceType<Auth0Api> = {
  token: "auth0:index/organizationMember:OrganizationMember",
  what: "organization member",
  properties: {
    organizationId: pathId({ replace: true }),
    userId: pathId({ replace: true }),
  },
  imported: idOfParts("::", "organizationId", "userId"),

  async create(call) {
    await call.api.send("POST", path(call), body(call));
    return { id: `${call.text("organizationId")}::${call.text("userId")}` };
  },
  // There is no address for one member: the whole list is read.
  async read(call) {
    const members = await unlessGone(
      call.api.pagesByCheckpoint(path(call), "members", { ...CHECKPOINT, ...WANTED }),
    );
    return members?.find((member) => textAt(member, "user_id") === call.text("userId"));
  },
  async delete(call) {
    await unlessGone(call.api.send("DELETE", path(call), body(call)));
  },
};
