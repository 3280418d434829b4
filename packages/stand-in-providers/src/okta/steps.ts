import { unlessGone } from "../http/errors.ts";
import { segment } from "../http/escape.ts";
import { merged, textAt } from "../http/json.ts";
import type { JsonObject } from "../http/json.ts";
import type { Call, Steps } from "../table/resource.ts";
import type { OktaApi } from "./api.ts";

export type OktaCall = Call<OktaApi>;

interface Collection {
  /** Where the things are, such as `/api/v1/authorizationServers`. */
  readonly path: (call: OktaCall) => string;
  /** What every body holds beyond the configured properties. */
  readonly constants?: JsonObject;
  /** Whether deleting what is gone already is fine. */
  readonly goneIsDeleted: boolean;
  /** Where a changed status is written by `lifecycle/activate` or `deactivate`: before or after the PUT. */
  readonly lifecycle?: "before" | "after";
}

/** The steps of a thing with an address of its own: POST, GET, PUT, DELETE; gone is gone in read. */
export function collection({ path, constants = {}, goneIsDeleted, lifecycle }: Collection): Steps<OktaApi> {
  const one = (call: OktaCall) => `${path(call)}/${segment(call.id)}`;
  const body = (call: OktaCall) => merged(constants, call.body());
  const followStatus = async (call: OktaCall) => {
    if (!call.changed("status")) return;
    const step = call.inputs.status === "INACTIVE" ? "deactivate" : "activate";
    await call.api.send("POST", `${one(call)}/lifecycle/${step}`);
  };
  return {
    async create(call) {
      const made = await call.api.sendObject("POST", path(call), body(call));
      return { id: idOf(made, path(call)) };
    },
    read: (call) => unlessGone(call.api.getObject(one(call))),
    async update(call) {
      if (lifecycle === "before") await followStatus(call);
      await call.api.send("PUT", one(call), body(call));
      if (lifecycle === "after") await followStatus(call);
      return undefined;
    },
    async delete(call) {
      const deleted = call.api.send("DELETE", one(call));
      await (goneIsDeleted ? unlessGone(deleted) : deleted);
    },
  };
}

/** The id in the answer to a create. */
export function idOf(answer: JsonObject, path: string): string {
  const id = textAt(answer, "id");
  if (id === undefined) throw new Error(`POST ${path} answered no id`);
  return id;
}

/** The path of an authorization server that a resource belongs to. */
export function serverPath(call: OktaCall, ...rest: readonly string[]): string {
  return ["/api/v1/authorizationServers", segment(call.text("authServerId")), ...rest.map(segment)].join("/");
}
