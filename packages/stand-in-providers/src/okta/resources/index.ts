import type { ResourceType } from "../../table/resource.ts";
import type { OktaApi } from "../api.ts";
import { appGroupAssignment } from "./app-group-assignment.ts";
import { appOAuth } from "./app-oauth.ts";
import { group } from "./group.ts";
import { server } from "./server.ts";
import { serverClaim } from "./server-claim.ts";
import { serverPolicy } from "./server-policy.ts";
import { serverPolicyRule } from "./server-policy-rule.ts";
import { serverScope } from "./server-scope.ts";

export const resources: readonly ResourceType<OktaApi>[] = [
  appOAuth,
  appGroupAssignment,
  group,
  server,
  serverClaim,
  serverPolicy,
  serverPolicyRule,
  serverScope,
];
