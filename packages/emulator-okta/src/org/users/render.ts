import type { OrgRecord } from "../record.ts";
import type { UserRecord } from "./record.ts";

interface UserLink {
  readonly href: string;
  readonly method?: "POST";
}

/** What can be done with a person, by status, besides what can always be done. */
const ACTIONS: Readonly<Record<UserRecord["status"], readonly (readonly [name: string, path: string])[]>> = {
  STAGED: [["activate", "lifecycle/activate"]],
  PROVISIONED: [
    ["suspend", "lifecycle/suspend"],
    ["resetPassword", "lifecycle/reset_password"],
    ["reactivate", "lifecycle/reactivate"],
    ["deactivate", "lifecycle/deactivate"],
  ],
  ACTIVE: [
    ["suspend", "lifecycle/suspend"],
    ["resetPassword", "lifecycle/reset_password"],
    ["forgotPassword", "credentials/forgot_password"],
    ["expirePassword", "lifecycle/expire_password"],
    ["changeRecoveryQuestion", "credentials/change_recovery_question"],
    ["changePassword", "credentials/change_password"],
    ["deactivate", "lifecycle/deactivate"],
  ],
  DEPROVISIONED: [["activate", "lifecycle/activate"]],
};

function basics(user: UserRecord) {
  const { id, status, created, activated, statusChanged, lastLogin, lastUpdated, passwordChanged } = user;
  const times = { created, activated, statusChanged, lastLogin, lastUpdated, passwordChanged };
  return {
    id,
    status,
    ...times,
    type: { id: user.typeId },
    profile: user.profile,
    credentials: {
      ...(passwordChanged === null ? {} : { password: {} }),
      provider: { type: "OKTA", name: "OKTA" },
    },
  };
}

/** A person as Okta answers it alone. Okta's links to actions name the method in a way of their own. */
export function renderUser(origin: string, org: OrgRecord, user: UserRecord) {
  const path = `${origin}/api/v1/users/${user.id}`;
  const meta = `${origin}/api/v1/meta`;
  const actions = ACTIONS[user.status].map(([name, action]): [string, UserLink] => [
    name,
    { href: `${path}/${action}`, method: "POST" },
  ]);
  return {
    ...basics(user),
    _links: {
      ...Object.fromEntries(actions),
      schema: { href: `${meta}/schemas/user/${org.userSchemaId}` },
      self: { href: path },
      type: { href: `${meta}/types/user/${user.typeId}` },
      ...(user.status === "DEPROVISIONED" ? { delete: { href: path, method: "DELETE" } } : {}),
    },
  };
}

/** A person as Okta answers it in a list: with no link but to itself. */
export function renderUserInList(origin: string, user: UserRecord) {
  return { ...basics(user), _links: { self: { href: `${origin}/api/v1/users/${user.id}` } } };
}
