import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { objects, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { resourceServer } from "../resources/resource-server.ts";
import { oneOf, textArgument } from "./arguments.ts";

const properties = {
  ...resourceServer.properties,
  scopes: objects("scopes", { name: text("value"), description: text("description") }),
};

export const getResourceServer: FunctionType<Auth0Api> = {
  token: "auth0:index/getResourceServer:getResourceServer",
  what: "a resource server",
  args: { resourceServerId: text(""), identifier: text("") },

  async run(api, args) {
    oneOf(args, "resourceServerId", "identifier");
    const wanted = textArgument(args, "resourceServerId");
    // The official plugin escapes an identifier twice.
    const address = wanted ?? segment(textArgument(args, "identifier") ?? "");
    const found = await api.getObject(`/resource-servers/${segment(address)}`);
    const id = textAt(found, "id") ?? "";
    return { ...lookedUp(properties, found), ...args, id, resourceServerId: id };
  },
};
