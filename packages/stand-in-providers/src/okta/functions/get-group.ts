import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { OktaApi } from "../api.ts";

export const getGroup: FunctionType<OktaApi> = {
  token: "okta:group/getGroup:getGroup",
  what: "a group",
  args: { id: text(""), name: text(""), type: text(""), includeUsers: flag(""), delayReadSeconds: text("") },

  async run(api, args) {
    const path = "/api/v1/groups";
    const found =
      typeof args.id === "string"
        ? await api.getObject(`${path}/${segment(args.id)}`)
        : await named(api, args);
    const id = textAt(found, "id") ?? "";
    const users =
      args.includeUsers === true
        ? objectsAt(await api.get(`${path}/${segment(id)}/users`, { limit: 200 }), "")
        : [];
    return {
      ...args,
      id,
      name: nameOf(found) ?? "",
      description: textAt(found.profile, "description") ?? "",
      type: textAt(found, "type") ?? "",
      users: users.map((user) => textAt(user, "id") ?? ""),
    };
  },
};

/** Okta finds names that begin so: of several the one that is named so, of one that one. As the official plugin. */
async function named(api: OktaApi, { name, type }: PlainProperties): Promise<JsonObject> {
  const wanted = typeof name === "string" ? name : "";
  const filter = typeof type === "string" ? `type eq "${type}"` : undefined;
  const groups = objectsAt(await api.get("/api/v1/groups", { q: wanted, filter }), "");
  const found = groups.length === 1 ? groups[0] : groups.find((group) => nameOf(group) === wanted);
  if (found !== undefined) return found;
  if (groups.length === 0) throw new Error(`group with name "${wanted}" does not exist`);
  throw new Error(
    `the name "${wanted}" begins those of ${String(groups.length)} groups, and is that of none`,
  );
}

function nameOf(group: JsonObject): string | undefined {
  return textAt(group.profile, "name");
}
