import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { textAt } from "../../http/json.ts";
import { oneAtATime } from "../../http/queue.ts";
import { out, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import type { Auth0Call } from "../steps.ts";

const connection = (call: Auth0Call) => `/connections/${segment(call.text("connectionId"))}`;

function setEnabled(call: Auth0Call, status: boolean) {
  const path = `${connection(call)}/clients`;
  return oneAtATime(path, () => call.api.send("PATCH", path, [{ client_id: call.text("clientId"), status }]));
}

export const connectionClient: ResourceType<Auth0Api> = {
  token: "auth0:index/connectionClient:ConnectionClient",
  what: "client of a connection",
  properties: {
    connectionId: pathId({ replace: true }),
    clientId: pathId({ replace: true }),
    name: out(text("name")),
    strategy: out(text("strategy")),
  },
  imported: idOfParts("::", "connectionId", "clientId"),

  async create(call) {
    await setEnabled(call, true);
    return { id: `${call.text("connectionId")}::${call.text("clientId")}` };
  },
  async read(call) {
    const clients = await unlessGone(call.api.pagesByCheckpoint(`${connection(call)}/clients`, "clients"));
    const enabled = clients?.some((client) => textAt(client, "client_id") === call.text("clientId"));
    if (!enabled) return undefined;
    const wanted = { fields: "strategy,name", include_fields: true };
    return unlessGone(call.api.getObject(connection(call), wanted));
  },
  async delete(call) {
    await unlessGone(setEnabled(call, false));
  },
};
