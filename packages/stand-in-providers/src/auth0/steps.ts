import { unlessGone } from "../http/errors.ts";
import { segment } from "../http/escape.ts";
import { textAt } from "../http/json.ts";
import type { Json, JsonObject } from "../http/json.ts";
import type { Call, Steps } from "../table/resource.ts";
import type { Auth0Api } from "./api.ts";

export type Auth0Call = Call<Auth0Api>;

interface Collection {
  /** Such as `/roles`. */
  readonly path: string;
  /** The key of the id in an answer. */
  readonly id?: string;
  /** What a create sends beyond the configured properties. */
  readonly createWith?: (call: Auth0Call) => JsonObject;
  readonly deleteBody?: Json;
}

/** The steps of a thing with an address of its own: POST, GET, PATCH, DELETE; gone is gone in read and delete. */
export function collection({ path, id = "id", createWith, deleteBody }: Collection): Steps<Auth0Api> {
  const one = (call: Auth0Call) => `${path}/${segment(call.id)}`;
  return {
    async create(call) {
      const made = await call.api.sendObject("POST", path, { ...createWith?.(call), ...call.body() });
      const found = textAt(made, id);
      if (found === undefined) throw new Error(`POST ${path} answered no ${id}`);
      return { id: found };
    },
    read: (call) => unlessGone(call.api.getObject(one(call))),
    async update(call) {
      await call.api.send("PATCH", one(call), call.body());
      return undefined;
    },
    async delete(call) {
      await unlessGone(call.api.send("DELETE", one(call), deleteBody));
    },
  };
}

/** The path of an organization, `organizationId` being where the resource is now. */
export function organizationPath(call: Auth0Call, ...rest: readonly string[]): string {
  return ["/organizations", segment(call.text("organizationId")), ...rest.map(segment)].join("/");
}
