import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { rolePermissions } from "../resources/role-permissions.ts";
import { user } from "../resources/user.ts";
import { oneOf, textArgument } from "./arguments.ts";

export const getUser: FunctionType<Auth0Api> = {
  token: "auth0:index/getUser:getUser",
  what: "a user",
  args: {
    userId: text(""),
    query: text(""),
    customDomainHeader: text(""),
    skipPermissions: flag(""),
    skipRoles: flag(""),
  },

  async run(api, args) {
    oneOf(args, "userId", "query");
    const wanted = textArgument(args, "userId");
    const found =
      wanted === undefined
        ? await searched(api, textArgument(args, "query") ?? "")
        : await api.getObject(`/users/${segment(wanted)}`);
    const id = textAt(found, "user_id") ?? "";
    const path = `/users/${segment(id)}`;
    const roles = args.skipRoles ? [] : await api.pagesByNumber(`${path}/roles`, "roles");
    const permissions = args.skipPermissions
      ? []
      : await api.pagesByNumber(`${path}/permissions`, "permissions");
    return {
      ...lookedUp(user.properties, found),
      ...args,
      id,
      userId: id,
      roles: roles.map((role) => textAt(role, "id") ?? ""),
      permissions: lookedUp(rolePermissions.properties, { permissions }).permissions,
    };
  },
};

async function searched(api: Auth0Api, q: string): Promise<JsonObject> {
  const users = objectsAt(await api.get("/users", { include_totals: true, per_page: 50, q }), "users");
  const [first] = users;
  if (first !== undefined && users.length === 1) return first;
  throw new Error(
    users.length === 0
      ? "No users found. Note: if a user was just created/deleted, it takes some time for it to be indexed."
      : "Further improve the query to retrieve a single user from the query",
  );
}
