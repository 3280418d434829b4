import { flag, pathId, checksumSet, text } from "../../table/property.ts";
import { idAfterParents } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection, serverPath } from "../steps.ts";

export const serverClaim: ResourceType<OktaApi> = {
  token: "okta:auth/serverClaim:ServerClaim",
  what: "claim of an authorization server",
  properties: {
    authServerId: pathId(),
    name: text("name", { autoName: true }),
    claimType: text("claimType", { required: true }),
    value: text("value", { required: true }),
    valueType: text("valueType", { default: "EXPRESSION" }),
    status: text("status", { default: "ACTIVE" }),
    scopes: checksumSet("conditions.scopes"),
    alwaysIncludeInToken: flag("alwaysIncludeInToken", { default: true }),
    groupFilterType: text("group_filter_type"),
  },
  imported: idAfterParents("/", "authServerId"),
  ...collection({
    path: (call) => serverPath(call, "claims"),
    constants: { conditions: {} },
    goneIsDeleted: false,
  }),
};
