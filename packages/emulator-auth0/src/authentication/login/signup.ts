import type { Reply, Call } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { ManagementError } from "../../errors.ts";
import { createUser } from "../../management/users/creation.ts";
import { createUserBody } from "../../management/users/schemas.ts";
import { signupPage } from "../../pages/pages.ts";
import { answering, redirect } from "../authorize/answer.ts";
import type { LoginOption } from "../authorize/connections.ts";
import { optionsOf, placeOf, subjectOf } from "../authorize/steps.ts";
import type { Transaction } from "../collections.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { formFor, formToken, transactionFor } from "./browser.ts";
import { databaseOf } from "./database.ts";
import { signIn } from "./login.ts";

/** The connection that people may make an account in, if there is one. */
function openDatabase(context: Auth0Context, transaction: Transaction): LoginOption | undefined {
  const database = databaseOf(context.db, optionsOf(context, transaction));
  return database?.signup === true ? database : undefined;
}

function show(
  context: Auth0Context,
  transaction: Transaction,
  shown: { email: string; error?: string },
): Reply {
  const { db } = context;
  const { client, organization } = subjectOf(context, transaction);
  if (openDatabase(context, transaction) === undefined) return redirect(placeOf("login", transaction));
  return signupPage(shown.error === undefined ? 200 : 400, {
    db,
    organization,
    application: client.name,
    action: placeOf("signup", transaction),
    login: placeOf("login", transaction),
    formToken: formToken(db, transaction),
    ...shown,
  });
}

function submit(context: Auth0Context, call: Call, transaction: Transaction, form: Parameters): Reply {
  const database = openDatabase(context, transaction);
  if (database === undefined) return redirect(placeOf("login", transaction));
  const { email = "", password } = form;
  const asked = createUserBody.safeParse({
    connection: database.connection.name,
    email: email.trim(),
    password,
  });
  if (!asked.success) return show(context, transaction, { email, error: "Please enter an email address" });
  if (password === undefined) return show(context, transaction, { email, error: "Password is required" });
  try {
    const user = createUser(context, asked.data);
    return signIn(context, call, transaction, { user, connection: database.connection.name });
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    return show(context, transaction, { email, error: textOf(error) });
  }
}

/** Auth0 docs, customize Universal Login text: what the sign-up page says. */
function textOf(error: ManagementError): string {
  return error.message.startsWith("PasswordStrengthError") ? "The password is too weak" : error.message;
}

export const signupRoutes = [
  route({
    method: "GET",
    path: "/u/signup",
    operation: "signup_page",
    access: "public",
    success: 200,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const transaction = transactionFor(context, call, query.state);
      return answering(transaction, () =>
        show(context, transaction, { email: transaction.login_hint ?? "" }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/u/signup",
    operation: "signup",
    access: "public",
    success: 302,
    query: parametersSchema,
    body: parametersSchema,
    handler: ({ query, body, call }, context) => {
      const transaction = formFor(context, call, query, body);
      return answering(transaction, () => submit(context, call, transaction, body));
    },
  }),
];
