import { isRecord } from "@ai-api-access/emulator-core";
import type { Reply } from "@ai-api-access/emulator-core";
import { isDatabase } from "../../management/connections/find.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { labelOf } from "../../management/connections/render.ts";
import { allowsUsername } from "../../management/users/create.ts";
import type { UserRecord } from "../../management/users/record.ts";
import { loginPage } from "../../pages/pages.ts";
import { AuthorizeError, redirect } from "../authorize/answer.ts";
import { databaseAmong, homeRealm } from "../authorize/connections.ts";
import { enterOrganization } from "../authorize/membership.ts";
import { optionsOf, pathOf, subjectOf } from "../authorize/steps.ts";
import { formToken } from "../authorize/transactions.ts";
import type { Parameters } from "../parameters.ts";
import { checkCredentials, peopleToTry } from "./credentials.ts";
import { routesOfPage } from "./page-routes.ts";
import type { Visit } from "./page-routes.ts";
import { beginSession } from "./sessions.ts";

/** Auth0 docs, customize Universal Login text: what the login page says of a wrong login or password. */
function wrongText(connection: ConnectionRecord): string {
  if (!allowsUsername(connection)) return "Wrong email or password";
  return isRecord(connection.options.attributes)
    ? "Incorrect email address, username, or password"
    : "Wrong username or password";
}

const BLOCKED = "Your account has been blocked after multiple consecutive login attempts.";

function show({ context, transaction }: Visit, login = "", error?: string): Reply {
  const { client, organization } = subjectOf(context, transaction);
  const options = optionsOf(context, transaction);
  const database = databaseAmong(context, options);
  return loginPage(context, error === undefined ? 200 : 400, {
    organization,
    application: client.name,
    action: pathOf("login", transaction),
    formToken: formToken(context, transaction),
    database: database && {
      withUsername: allowsUsername(database.connection),
      signup: database.signup ? pathOf("signup", transaction) : undefined,
      people: peopleToTry(context, database.connection),
    },
    buttons: options.flatMap(({ connection }) =>
      isDatabase(connection) ? [] : [{ name: connection.name, label: labelOf(connection) }],
    ),
    login,
    error,
  });
}

function submit(visit: Visit, form: Parameters): Reply {
  const { context, transaction } = visit;
  const options = optionsOf(context, transaction);
  const chosen = options.find(({ connection }) => connection.name === form.connection)?.connection;
  const { username: login = "", password = "" } = form;
  const federated = chosen ?? homeRealm(options, login);
  if (federated !== undefined && !isDatabase(federated)) {
    context.data.transactions.put({ ...transaction, chosen: federated.name });
    return redirect(pathOf("federated", transaction));
  }
  const connection = databaseAmong(context, options)?.connection;
  if (connection === undefined) return show(visit, login, "Invalid connection");
  if (login.trim() === "") {
    const text = allowsUsername(connection) ? "Username is required" : "Please enter an email address";
    return show(visit, login, text);
  }
  if (password === "") return show(visit, login, "Password is required");
  const attempt = checkCredentials(context, connection, { login: login.trim(), password });
  if ("refused" in attempt) {
    return show(visit, login, attempt.refused === "blocked" ? BLOCKED : wrongText(connection));
  }
  return signIn(visit, attempt.user, connection.name);
}

/**
 * Signs somebody in who has proved who they are, and goes on with the request. Who may not enter the organization
 * is refused before there is a session, so that the next try shows the login page again.
 */
export function signIn({ context, call, transaction }: Visit, user: UserRecord, connection: string): Reply {
  if (user.blocked === true) throw new AuthorizeError("unauthorized", "user is blocked");
  const { organization } = subjectOf(context, transaction);
  const who = { user_id: user.user_id, connection };
  if (organization !== undefined) enterOrganization(context, transaction, organization, who);
  // An invitation may have changed the user.
  const now = context.data.users.get(user.user_id) ?? user;
  const count = typeof now.logins_count === "number" ? now.logins_count : 0;
  context.data.users.put({ ...now, last_login: context.now(), logins_count: count + 1 });
  return redirect(pathOf("resume", transaction), [beginSession(context, call, who)]);
}

/** The page on which people sign in. */
export const loginRoutes = routesOfPage({
  path: "/u/login",
  operation: "login",
  show: (visit) => show(visit, visit.transaction.login_hint),
  submit,
});
