import { flag, out, pathId, text } from "../../table/property.ts";
import { idAfterParents } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection, serverPath } from "../steps.ts";

/** As in the official plugin another server makes no new scope: a program asks for that with `replaceOnChanges`. */
export const serverScope: ResourceType<OktaApi> = {
  token: "okta:auth/serverScope:ServerScope",
  what: "scope of an authorization server",
  properties: {
    authServerId: pathId(),
    name: text("name", { autoName: true }),
    description: text("description", { otherwise: "" }),
    displayName: text("displayName", { otherwise: "" }),
    consent: text("consent", { default: "IMPLICIT" }),
    metadataPublish: text("metadataPublish", { default: "ALL_CLIENTS" }),
    default: flag("default", { otherwise: false }),
    optional: flag("optional", { otherwise: false }),
    system: out(flag("system")),
  },
  imported: idAfterParents("/", "authServerId"),
  ...collection({ path: (call) => serverPath(call, "scopes"), goneIsDeleted: true }),
};
