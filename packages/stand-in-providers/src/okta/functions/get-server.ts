import { objectsAt, textAt } from "../../http/json.ts";
import { lookedUp } from "../../table/data-source.ts";
import { text } from "../../table/property.ts";
import type { FunctionType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { server } from "../resources/server.ts";

export const getServer: FunctionType<OktaApi> = {
  token: "okta:auth/getServer:getServer",
  what: "an authorization server",
  args: { name: text("", { required: true }) },

  async run(api, args) {
    const name = typeof args.name === "string" ? args.name : "";
    const servers = objectsAt(await api.get("/api/v1/authorizationServers", { limit: 200, q: name }), "");
    const found = servers.find((one) => textAt(one, "name") === name);
    if (found === undefined) throw new Error(`there is no authorization server named "${name}"`);
    return { ...lookedUp(server.properties, found), id: textAt(found, "id") ?? "" };
  },
};
