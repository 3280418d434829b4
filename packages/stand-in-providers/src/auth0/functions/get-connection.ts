import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { flag, text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import { CHECKPOINT } from "../api.ts";
import type { Auth0Api } from "../api.ts";
import { connection } from "../resources/connection.ts";
import { named, oneOf, textArgument } from "./arguments.ts";

export const getConnection: FunctionType<Auth0Api> = {
  token: "auth0:index/getConnection:getConnection",
  what: "a connection",
  args: { connectionId: text(""), name: text(""), skipEnabledClients: flag("") },

  async run(api, args) {
    oneOf(args, "connectionId", "name");
    const wanted = textArgument(args, "connectionId");
    const found =
      wanted === undefined
        ? named(
            await api.pagesByCheckpoint("/connections", "connections", CHECKPOINT),
            textArgument(args, "name") ?? "",
            "connection",
          )
        : await api.getObject(`/connections/${segment(wanted)}`);
    const id = textAt(found, "id") ?? "";
    const clients = args.skipEnabledClients
      ? []
      : await api.pagesByCheckpoint(`/connections/${segment(id)}/clients`, "clients");
    return {
      ...lookedUp(connection.properties, found),
      ...args,
      id,
      connectionId: id,
      enabledClients: clients.map((client) => textAt(client, "client_id") ?? ""),
    };
  },
};
