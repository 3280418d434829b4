import { segment } from "../../http/escape.ts";
import { flag, text } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection } from "../steps.ts";

const path = "/api/v1/groups";
const steps = collection({ path: () => path, goneIsDeleted: false });

/** Without the attributes that a company adds to its groups' profiles. */
export const group: ResourceType<OktaApi> = {
  token: "okta:group/group:Group",
  what: "group",
  properties: {
    name: text("profile.name", { autoName: true }),
    description: text("profile.description"),
    skipUsers: flag(""),
  },
  ...steps,

  // The official plugin looks until the new group is there, and then reads it.
  async create(call) {
    const made = await steps.create(call);
    await call.api.get(`${path}/${segment(made.id)}`);
    return made;
  },
};
