import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../../context.ts";
import type { OktaContext } from "../../context.ts";
import { activationFailed } from "../../errors.ts";
import { findUser, userParams } from "./find.ts";
import type { UserRecord } from "./record.ts";

function turned(context: OktaContext, user: UserRecord, status: UserRecord["status"]): UserRecord {
  const now = context.now();
  const activated = status === "DEPROVISIONED" ? user.activated : now;
  return context.data.users.put({ ...user, status, activated, statusChanged: now, lastUpdated: now });
}

const manage = { access: ["okta.users.manage"], params: userParams } as const;

/** The life of a person in the org (Okta docs, "Users API", "Lifecycle operations"). */
export const userLifecycleRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/users/:userId/lifecycle/activate",
    operation: "activateUser",
    success: 200,
    handler: ({ params }, context) => {
      const user = findUser(context, params.userId);
      if (user.status !== "STAGED" && user.status !== "DEPROVISIONED") throw activationFailed();
      turned(context, user, user.passwordChanged === null ? "PROVISIONED" : "ACTIVE");
      return {};
    },
  }),
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/users/:userId/lifecycle/deactivate",
    operation: "deactivateUser",
    success: 200,
    handler: ({ params }, context) => {
      turned(context, findUser(context, params.userId), "DEPROVISIONED");
      return {};
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: "/api/v1/users/:userId",
    operation: "deleteUser",
    success: 204,
    handler: ({ params }, context) => {
      const { data } = context;
      const user = findUser(context, params.userId);
      // Okta docs: the first DELETE deactivates, the second one removes.
      if (user.status !== "DEPROVISIONED") {
        turned(context, user, "DEPROVISIONED");
        return;
      }
      data.groupMembers.deleteWhere(eq("userId", user.id));
      data.users.delete(user.id);
    },
  }),
];
