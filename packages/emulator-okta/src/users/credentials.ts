import { hashPassword, isPassword } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { wrongCredentials } from "../errors.ts";
import { changePasswordBody, changeQuestionBody } from "./body.ts";
import type { GivenCredentials } from "./body.ts";
import { findUser, userParams } from "./find.ts";
import type { UserRecord } from "./record.ts";
import { renderCredentials } from "./render.ts";

/** The user with the credentials that a request gives; the password itself is kept beside. */
export function withCredentials(
  { data, now }: OktaContext,
  user: UserRecord,
  { password, isImported, question }: GivenCredentials,
): UserRecord {
  if (password !== undefined) data.passwords.put({ userId: user.id, ...hashPassword(password) });
  if (isImported) data.passwords.delete(user.id);
  const hasPassword = password !== undefined || isImported;
  return {
    ...user,
    ...(hasPassword ? { passwordChanged: now(), hasImportedPassword: isImported } : {}),
    ...(question === undefined ? {} : { recoveryQuestion: question }),
  };
}

/** Throws 403 for a password that is not the user's. */
function requirePassword({ data }: OktaContext, { id }: UserRecord, password: string, field: string): void {
  const kept = data.passwords.get(id);
  if (kept === undefined || !isPassword(password, kept)) throw wrongCredentials(field);
}

const NOTHING: GivenCredentials = { password: undefined, isImported: false, question: undefined };

/** The user with one of their credentials changed, as the endpoints below answer. */
function changed(context: OktaContext, user: UserRecord, given: Partial<GivenCredentials>) {
  const credentials = { ...NOTHING, ...given };
  return renderCredentials(context.data.users.put(withCredentials(context, user, credentials)));
}

const manage = { access: ["okta.users.manage"], success: 200, params: userParams } as const;

/** Changes of credentials by who knows the password (Okta docs, "User credentials"). */
export const credentialRoutes = [
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/users/:userId/credentials/change_password",
    operation: "changePassword",
    body: changePasswordBody,
    handler: ({ params, body }, context) => {
      const user = findUser(context, params.userId);
      requirePassword(context, user, body.oldPassword.value, "oldPassword");
      return changed(context, user, { password: body.newPassword.value });
    },
  }),
  route({
    ...manage,
    method: "POST",
    path: "/api/v1/users/:userId/credentials/change_recovery_question",
    operation: "changeRecoveryQuestion",
    body: changeQuestionBody,
    handler: ({ params, body }, context) => {
      const user = findUser(context, params.userId);
      requirePassword(context, user, body.password.value, "password");
      // Seen in Okta's answers: a new question is an update of the user; a new password is not.
      const updated = { ...user, lastUpdated: context.now() };
      return changed(context, updated, { question: body.recovery_question.question });
    },
  }),
];
