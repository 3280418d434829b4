import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import { objects, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import type { Auth0Call } from "../steps.ts";

const path = (call: Auth0Call) => `/resource-servers/${segment(call.text("resourceServerIdentifier"))}`;

export const resourceServerScopes: ResourceType<Auth0Api> = {
  token: "auth0:index/resourceServerScopes:ResourceServerScopes",
  what: "scopes of a resource server",
  properties: {
    resourceServerIdentifier: pathId({ replace: true }),
    scopes: objects(
      "scopes",
      { name: text("value", { required: true }), description: text("description") },
      { required: true },
    ),
  },
  imported: idOfParts("::", "resourceServerIdentifier"),

  async create(call) {
    await refuseOthersScopes(call);
    await call.api.send("PATCH", path(call), call.body());
    return { id: call.text("resourceServerIdentifier") };
  },
  async read(call) {
    const found = await unlessGone(call.api.getObject(path(call)));
    return found && { scopes: objectsAt(found, "scopes") };
  },
  async update(call) {
    await call.api.send("PATCH", path(call), call.body());
    return undefined;
  },
  async delete(call) {
    await unlessGone(call.api.send("PATCH", path(call), { scopes: [] }));
  },
};

/** This resource holds all scopes of an API: what is there already must be what is declared. */
async function refuseOthersScopes(call: Auth0Call): Promise<void> {
  const names = (list: ReturnType<typeof objectsAt>) => list.map((scope) => textAt(scope, "value") ?? "");
  const existing = names(objectsAt(await call.api.getObject(path(call)), "scopes"));
  const wanted = names(objectsAt(call.body(), "scopes"));
  if (existing.length === 0 || existing.join("\n") === wanted.join("\n")) return;
  const id = call.text("resourceServerIdentifier");
  throw new Error(
    `the resource server has scopes already (${existing.join(", ")}), and creating this resource would remove ` +
      `them. Import them instead: pulumi import ${resourceServerScopes.token} <name> ${id}`,
  );
}
