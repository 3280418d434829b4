import { oneAtATime } from "../../http/queue.ts";
import { count, flag, out, pathId, checksumSet, text } from "../../table/property.ts";
import { idAfterParents } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { collection, serverPath } from "../steps.ts";

const steps = collection({
  path: (call) => serverPath(call, "policies", call.text("policyId"), "rules"),
  constants: { conditions: { grantTypes: {}, scopes: {}, people: { groups: {}, users: {} } } },
  goneIsDeleted: false,
  lifecycle: "after",
});

/** Rules are written one after another: Okta renumbers the priorities of the others on every write. */
export const serverPolicyRule: ResourceType<OktaApi> = {
  token: "okta:auth/serverPolicyRule:ServerPolicyRule",
  what: "rule of an access policy",
  properties: {
    authServerId: pathId(),
    policyId: pathId(),
    name: text("name", { autoName: true }),
    type: text("type", { default: "RESOURCE_ACCESS" }),
    status: text("status", { default: "ACTIVE" }),
    priority: count("priority", { required: true }),
    grantTypeWhitelists: checksumSet("conditions.grantTypes.include", { required: true }),
    scopeWhitelists: checksumSet("conditions.scopes.include"),
    userWhitelists: checksumSet("conditions.people.users.include"),
    userBlacklists: checksumSet("conditions.people.users.exclude"),
    groupWhitelists: checksumSet("conditions.people.groups.include"),
    groupBlacklists: checksumSet("conditions.people.groups.exclude"),
    accessTokenLifetimeMinutes: count("actions.token.accessTokenLifetimeMinutes", { default: 60 }),
    refreshTokenLifetimeMinutes: count("actions.token.refreshTokenLifetimeMinutes", { otherwise: 0 }),
    refreshTokenWindowMinutes: count("actions.token.refreshTokenWindowMinutes", { default: 10080 }),
    inlineHookId: text("actions.token.inlineHook.id"),
    system: out(flag("system")),
  },
  imported: idAfterParents("/", "authServerId", "policyId"),
  ...steps,

  create: (call) => oneAtATime("rules", () => steps.create(call)),
  update: (call) => oneAtATime("rules", async () => steps.update?.(call)),
  delete: (call) => oneAtATime("rules", () => steps.delete(call)),
};
