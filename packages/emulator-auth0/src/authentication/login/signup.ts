import type { Reply } from "@ai-api-access/emulator-core";
import { ManagementError } from "../../errors.ts";
import { userBody } from "../../management/users/body.ts";
import { createUser } from "../../management/users/create.ts";
import { signupPage } from "../../pages/pages.ts";
import { redirect } from "../authorize/answer.ts";
import { databaseAmong } from "../authorize/connections.ts";
import { invitationOf } from "../authorize/invitations.ts";
import { optionsOf, pathOf, subjectOf } from "../authorize/steps.ts";
import { formToken } from "../authorize/transactions.ts";
import type { Parameters } from "../parameters.ts";
import { signIn } from "./login.ts";
import { routesOfPage } from "./page-routes.ts";
import type { Visit } from "./page-routes.ts";

/** The name of the connection that people may make an account in, if there is one. */
function openDatabase({ context, transaction }: Visit): string | undefined {
  const database = databaseAmong(context, optionsOf(context, transaction));
  return database?.signup === true ? database.connection.name : undefined;
}

function show(visit: Visit, email = "", error?: string): Reply {
  const { context, transaction } = visit;
  const { client, organization } = subjectOf(context, transaction);
  if (openDatabase(visit) === undefined) return redirect(pathOf("login", transaction));
  return signupPage(context, error === undefined ? 200 : 400, {
    organization,
    application: client.name,
    action: pathOf("signup", transaction),
    login: pathOf("login", transaction),
    formToken: formToken(context, transaction),
    email,
    error,
  });
}

function submit(visit: Visit, { email = "", password }: Parameters): Reply {
  const connection = openDatabase(visit);
  if (connection === undefined) return redirect(pathOf("login", visit.transaction));
  const asked = userBody.safeParse({ connection, email: email.trim(), password });
  if (!asked.success) return show(visit, email, "Please enter an email address");
  if (password === undefined) return show(visit, email, "Password is required");
  const invited = invitationOf(visit.context, visit.transaction)?.invitee.email;
  if (invited !== undefined && invited.toLowerCase() !== email.trim().toLowerCase()) {
    return show(visit, invited, `The invitation is for ${invited}`);
  }
  try {
    return signIn(visit, createUser(visit.context, asked.data), connection);
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    return show(visit, email, textOf(error));
  }
}

/** Auth0 docs, customize Universal Login text: what the sign-up page says. */
function textOf(error: ManagementError): string {
  return error.message.startsWith("PasswordStrengthError") ? "The password is too weak" : error.message;
}

/** The page on which people make an account. */
export const signupRoutes = routesOfPage({
  path: "/u/signup",
  operation: "signup",
  show: (visit) => show(visit, visit.transaction.login_hint),
  submit,
});
