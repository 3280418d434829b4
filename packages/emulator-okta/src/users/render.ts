import { without } from "@ai-api-access/emulator-core";
import type { OrgRecord } from "../org/record.ts";
import type { UserRecord } from "./record.ts";

/** What can be done with a user, by status: the name of a link and the end of its path. */
const ACTIONS: Readonly<Record<UserRecord["status"], Readonly<Record<string, string>>>> = {
  STAGED: { activate: "lifecycle/activate" },
  PROVISIONED: {
    suspend: "lifecycle/suspend",
    resetPassword: "lifecycle/reset_password",
    reactivate: "lifecycle/reactivate",
    deactivate: "lifecycle/deactivate",
  },
  ACTIVE: {
    suspend: "lifecycle/suspend",
    resetPassword: "lifecycle/reset_password",
    forgotPassword: "credentials/forgot_password",
    expirePassword: "lifecycle/expire_password",
    changeRecoveryQuestion: "credentials/change_recovery_question",
    changePassword: "credentials/change_password",
    deactivate: "lifecycle/deactivate",
  },
  DEPROVISIONED: { activate: "lifecycle/activate" },
};

/** The credentials of a user; what is secret in them is never shown. */
export function renderCredentials({ passwordChanged, recoveryQuestion, hasImportedPassword }: UserRecord) {
  const provider = hasImportedPassword === true ? "IMPORT" : "OKTA";
  return {
    ...(passwordChanged === null ? {} : { password: {} }),
    ...(recoveryQuestion === undefined ? {} : { recovery_question: { question: recoveryQuestion } }),
    provider: { type: provider, name: provider },
  };
}

/** The schema of a type of users; one that was made is called like its type, but for the prefix (recorded answers). */
export function schemaOfType({ userTypeId, userSchemaId }: OrgRecord, typeId: string): string {
  return typeId === userTypeId ? userSchemaId : typeId.replace(/^.{3}/, "osc");
}

function basics(org: OrgRecord, user: UserRecord) {
  const { typeId, ...shown } = without(user, "recoveryQuestion", "hasImportedPassword");
  return {
    ...shown,
    // The org has one realm.
    ...(org.features.realms === false ? {} : { realmId: org.id.replace(/^.{3}/, "guo") }),
    type: { id: typeId },
    credentials: renderCredentials(user),
  };
}

/** A user as Okta answers it alone. Its links to actions name their method, unlike Okta's other links. */
export function renderUser(origin: string, org: OrgRecord, user: UserRecord) {
  const path = `${origin}/api/v1/users/${user.id}`;
  const meta = `${origin}/api/v1/meta`;
  const hasReset = user.status !== "DEPROVISIONED" && org.features.resetFactors !== false;
  const possible = {
    ...ACTIONS[user.status],
    ...(hasReset ? { resetFactors: "lifecycle/reset_factors" } : {}),
  };
  const actions = Object.entries(possible).map(
    ([name, action]) => [name, { href: `${path}/${action}`, method: "POST" }] as const,
  );
  return {
    ...basics(org, user),
    _links: {
      ...Object.fromEntries(actions),
      schema: { href: `${meta}/schemas/user/${schemaOfType(org, user.typeId)}` },
      self: { href: path },
      type: { href: `${meta}/types/user/${user.typeId}` },
      ...(user.status === "DEPROVISIONED" ? { delete: { href: path, method: "DELETE" } } : {}),
    },
  };
}

/** A user as Okta answers it in a list: without links except to itself. */
export function renderUserInList(origin: string, org: OrgRecord, user: UserRecord) {
  return { ...basics(org, user), _links: { self: { href: `${origin}/api/v1/users/${user.id}` } } };
}
