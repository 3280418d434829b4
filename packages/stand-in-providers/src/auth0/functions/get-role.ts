import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import { CHECKPOINT } from "../api.ts";
import type { Auth0Api } from "../api.ts";
import { role } from "../resources/role.ts";
import { rolePermissions } from "../resources/role-permissions.ts";
import { named, oneOf, textArgument } from "./arguments.ts";

export const getRole: FunctionType<Auth0Api> = {
  token: "auth0:index/getRole:getRole",
  what: "a role",
  args: { roleId: text(""), name: text(""), skipPermissions: flag(""), skipUsers: flag("") },

  async run(api, args) {
    oneOf(args, "roleId", "name");
    const [wanted, name] = [textArgument(args, "roleId"), textArgument(args, "name") ?? ""];
    const found =
      wanted === undefined
        ? named(await api.pagesByNumber("/roles", "roles", { name_filter: name }), name, "role")
        : await api.getObject(`/roles/${segment(wanted)}`);
    const id = textAt(found, "id") ?? "";
    const path = `/roles/${segment(id)}`;
    const permissions = args.skipPermissions
      ? []
      : await api.pagesByNumber(`${path}/permissions`, "permissions");
    const users = args.skipUsers ? [] : await api.pagesByCheckpoint(`${path}/users`, "users", CHECKPOINT);
    return {
      ...lookedUp(role.properties, found),
      ...args,
      id,
      roleId: id,
      permissions: lookedUp(rolePermissions.properties, { permissions }).permissions,
      users: users.map((user) => textAt(user, "user_id") ?? ""),
    };
  },
};
