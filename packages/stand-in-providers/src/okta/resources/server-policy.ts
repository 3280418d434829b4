import { count, pathId, checksumSet, text } from "../../table/property.ts";
import { idAfterParents } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection, serverPath } from "../steps.ts";

export const serverPolicy: ResourceType<OktaApi> = {
  token: "okta:auth/serverPolicy:ServerPolicy",
  what: "access policy of an authorization server",
  properties: {
    authServerId: pathId(),
    name: text("name", { autoName: true }),
    description: text("description", { required: true }),
    priority: count("priority", { required: true }),
    clientWhitelists: checksumSet("conditions.clients.include", { required: true }),
    status: text("status", { default: "ACTIVE" }),
  },
  imported: idAfterParents("/", "authServerId"),
  ...collection({
    path: (call) => serverPath(call, "policies"),
    constants: { type: "OAUTH_AUTHORIZATION_POLICY" },
    goneIsDeleted: false,
    lifecycle: "after",
  }),
};
