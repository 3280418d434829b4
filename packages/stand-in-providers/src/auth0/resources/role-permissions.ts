import { isList, isProperties } from "@ai-api-access/provider-kit";
import type { Plain } from "@ai-api-access/provider-kit";
import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objects, out, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import type { Auth0Call } from "../steps.ts";

interface Permission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

const path = (call: Auth0Call) => `/roles/${segment(call.text("roleId"))}/permissions`;

export const rolePermissions: ResourceType<Auth0Api> = {
  token: "auth0:index/rolePermissions:RolePermissions",
  what: "permissions of a role",
  properties: {
    roleId: pathId({ replace: true }),
    permissions: objects(
      "permissions",
      {
        name: text("permission_name", { required: true }),
        resourceServerIdentifier: text("resource_server_identifier", { required: true }),
        description: out(text("description")),
        resourceServerName: out(text("resource_server_name")),
      },
      { required: true },
    ),
  },
  imported: idOfParts("::", "roleId"),

  async create(call) {
    const wanted = permissionsOf(call.inputs.permissions);
    if (wanted.length === 0) throw new Error("permissions is empty: leave the resource out instead");
    await call.api.send("POST", path(call), { permissions: wanted });
    return { id: call.text("roleId") };
  },
  async read(call) {
    const permissions = await unlessGone(call.api.pagesByNumber(path(call), "permissions"));
    return permissions && { permissions };
  },
  async update(call) {
    const wanted = permissionsOf(call.inputs.permissions);
    const stored = permissionsOf(call.state.permissions);
    const removed = without(stored, wanted);
    const added = without(wanted, stored);
    if (removed.length > 0) await unlessGone(call.api.send("DELETE", path(call), { permissions: removed }));
    if (added.length > 0) await call.api.send("POST", path(call), { permissions: added });
    return undefined;
  },
  async delete(call) {
    const stored = permissionsOf(call.state.permissions);
    await unlessGone(call.api.send("DELETE", path(call), { permissions: stored.length > 0 ? stored : null }));
  },
};

function permissionsOf(value: Plain | undefined): { [key in keyof Permission]: string }[] {
  const permissions = (isList(value) ? value : []).flatMap((item) => {
    if (!isProperties(item)) return [];
    const { name, resourceServerIdentifier } = item;
    if (typeof name !== "string" || typeof resourceServerIdentifier !== "string") return [];
    return [{ resource_server_identifier: resourceServerIdentifier, permission_name: name }];
  });
  // By name and then by resource server, as the official plugin sends them.
  const key = (one: Permission) => JSON.stringify([one.permission_name, one.resource_server_identifier]);
  return permissions.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function without<T extends Permission>(some: readonly T[], others: readonly Permission[]): T[] {
  const key = (one: Permission) => JSON.stringify([one.resource_server_identifier, one.permission_name]);
  const known = new Set(others.map(key));
  return some.filter((one) => !known.has(key(one)));
}
