import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { count, flag, json, pathId } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { idOf } from "../steps.ts";
import type { OktaCall } from "../steps.ts";

const path = (call: OktaCall) =>
  `/api/v1/apps/${segment(call.text("appId"))}/groups/${segment(call.text("groupId"))}`;

export const appGroupAssignment: ResourceType<OktaApi> = {
  token: "okta:app/groupAssignment:GroupAssignment",
  what: "group of an app",
  properties: {
    appId: pathId({ replace: true }),
    groupId: pathId({ replace: true }),
    priority: count("priority", { computed: true }),
    profile: json("profile", { computed: true }),
    retainAssignment: flag(""),
  },
  imported(id) {
    const [appId = "", groupId = ""] = id.split("/");
    return { id: groupId, state: { appId, groupId } };
  },

  async create(call) {
    return { id: idOf(await call.api.sendObject("PUT", path(call), call.body()), path(call)) };
  },
  read: (call) => unlessGone(call.api.getObject(path(call))),
  async update(call) {
    await call.api.send("PUT", path(call), call.body());
    return undefined;
  },
  async delete(call) {
    if (call.state.retainAssignment !== true) await call.api.send("DELETE", path(call));
  },
};
