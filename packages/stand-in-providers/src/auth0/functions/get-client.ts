import { segment } from "../../http/escape.ts";
import { objectsAt, textAt, valueAt } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { clientProperties } from "../resources/client-properties.ts";
import { named, oneOf, textArgument } from "./arguments.ts";

const properties = {
  ...clientProperties,
  clientSecret: text("client_secret", { secret: true }),
  tokenEndpointAuthMethod: text("token_endpoint_auth_method"),
};

/** Keys of a client (private_key_jwt and the like) are read, as the official plugin does, but not shown. */
export const getClient: FunctionType<Auth0Api> = {
  token: "auth0:index/getClient:getClient",
  what: "a client",
  args: { clientId: text(""), name: text("") },

  async run(api, args) {
    oneOf(args, "clientId", "name");
    const wanted = textArgument(args, "clientId");
    const found =
      wanted === undefined
        ? named(await api.pagesByNumber("/clients", "clients"), textArgument(args, "name") ?? "", "client")
        : await api.getObject(`/clients/${segment(wanted)}`);
    const id = textAt(found, "client_id") ?? "";
    const methods = valueAt(found, "client_authentication_methods");
    for (const method of Object.values(typeof methods === "object" && methods !== null ? methods : {})) {
      for (const key of objectsAt(method, "credentials")) {
        await api.get(`/clients/${segment(id)}/credentials/${segment(textAt(key, "id") ?? "")}`);
      }
    }
    return { ...lookedUp(properties, found), ...args, id, clientId: id };
  },
};
