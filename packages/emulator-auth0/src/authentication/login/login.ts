import { isRecord, timestamp } from "@ai-api-access/emulator-core";
import type { Call, Reply } from "@ai-api-access/emulator-core";
import type { Connection } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { allowsUsername } from "../../management/users/creation.ts";
import { loginPage } from "../../pages/pages.ts";
import type { User } from "../../users-collection.ts";
import { answering, redirect } from "../authorize/answer.ts";
import { isDatabase } from "../authorize/connections.ts";
import { AuthorizeError, PageError } from "../authorize/errors.ts";
import { enterOrganization } from "../authorize/membership.ts";
import { optionsOf, placeOf, subjectOf } from "../authorize/steps.ts";
import type { Transaction } from "../collections.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { formFor, formToken, transactionFor } from "./browser.ts";
import { checkCredentials } from "./credentials.ts";
import { databaseOf } from "./database.ts";
import { peopleToTry } from "./people-to-try.ts";
import { beginSession } from "./sessions.ts";

/** Auth0 docs, customize Universal Login text: what the login page says of a wrong login or password. */
function wrongText(connection: Connection): string {
  if (!allowsUsername(connection)) return "Wrong email or password";
  return isRecord(connection.options.attributes)
    ? "Incorrect email address, username, or password"
    : "Wrong username or password";
}

const BLOCKED = "Your account has been blocked after multiple consecutive login attempts.";

interface Shown {
  readonly login: string;
  readonly error?: string;
}

function show(context: Auth0Context, transaction: Transaction, { login, error }: Shown): Reply {
  const { db } = context;
  const { client, organization } = subjectOf(context, transaction);
  const options = optionsOf(context, transaction);
  const database = databaseOf(db, options);
  return loginPage(error === undefined ? 200 : 400, {
    db,
    organization,
    application: client.name,
    action: placeOf("login", transaction),
    formToken: formToken(db, transaction),
    database:
      database === undefined
        ? undefined
        : {
            withUsername: allowsUsername(database.connection),
            signup: database.signup ? placeOf("signup", transaction) : undefined,
            people: peopleToTry(db, database.connection),
          },
    buttons: options.flatMap(({ connection }) =>
      isDatabase(connection) ? [] : [{ name: connection.name, label: labelOf(connection) }],
    ),
    login,
    error,
  });
}

function labelOf({ display_name: label, name }: { readonly name: string; readonly display_name?: unknown }) {
  return typeof label === "string" && label !== "" ? label : name;
}

function submit(context: Auth0Context, call: Call, transaction: Transaction, form: Parameters): Reply {
  const options = optionsOf(context, transaction);
  const elsewhere = options.find(({ connection }) => connection.name === form.connection)?.connection;
  if (elsewhere !== undefined && !isDatabase(elsewhere)) throw cannotFederate(labelOf(elsewhere));
  const database = databaseOf(context.db, options);
  const { username: login = "", password = "" } = form;
  const again = (error: string): Reply => show(context, transaction, { login, error });
  if (database === undefined) return again("Invalid connection");
  const { connection } = database;
  if (login.trim() === "") {
    return again(allowsUsername(connection) ? "Username is required" : "Please enter an email address");
  }
  if (password === "") return again("Password is required");
  const attempt = checkCredentials(context, connection, { login: login.trim(), password });
  if ("refused" in attempt) return again(attempt.refused === "blocked" ? BLOCKED : wrongText(connection));
  return signIn(context, call, transaction, { user: attempt.user, connection: connection.name });
}

/**
 * Signs somebody in who has proved who they are, and goes on with the request. Who may not enter the organization
 * is refused before there is a session, so that the next try shows the login page again.
 */
export function signIn(
  context: Auth0Context,
  call: Call,
  transaction: Transaction,
  { user, connection }: { readonly user: User; readonly connection: string },
): Reply {
  const { db, clock } = context;
  if (user.blocked === true) throw new AuthorizeError("unauthorized", "user is blocked");
  const { organization } = subjectOf(context, transaction);
  const who = { user_id: user.user_id, connection };
  if (organization !== undefined) enterOrganization(context, organization, who);
  const count = typeof user.logins_count === "number" ? user.logins_count : 0;
  db.users.put({ ...user, last_login: timestamp(clock), logins_count: count + 1 });
  return redirect(placeOf("resume", transaction), [beginSession(context, call, who)]);
}

function cannotFederate(label: string): PageError {
  return new PageError(
    501,
    `This local tenant cannot sign you in with ${label}.`,
    "It stands in for Auth0 alone; behind it there is no other identity provider. Go back, and use a password.",
  );
}

export const loginRoutes = [
  route({
    method: "GET",
    path: "/u/login",
    operation: "login_page",
    access: "public",
    success: 200,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const transaction = transactionFor(context, call, query.state);
      return answering(transaction, () =>
        show(context, transaction, { login: transaction.login_hint ?? "" }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/u/login",
    operation: "login",
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
