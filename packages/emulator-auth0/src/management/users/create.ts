import { createHash } from "node:crypto";
import type { z } from "zod";
import { and, eq, isRecord, objectId, without } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { conflict, invalidBody, ManagementError } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { isDatabase, isPasswordless } from "../connections/find.ts";
import type { ConnectionRecord } from "../connections/record.ts";
import type { userBody } from "./body.ts";
import { keepPassword, validatePassword } from "./passwords.ts";
import type { UserRecord } from "./record.ts";

type UserBody = z.output<typeof userBody>;

/** The picture that a user without one has: a Gravatar with the initials as the fallback. */
export function defaultPicture(email: string): string {
  const digest = createHash("md5").update(email.toLowerCase()).digest("hex");
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2).toLowerCase()}.png`);
  return `https://s.gravatar.com/avatar/${digest}?s=480&r=pg&d=${fallback}`;
}

/** Whether a database connection's users may have user names. */
export function allowsUsername(connection: ConnectionRecord): boolean {
  const { attributes, requires_username: required } = connection.options;
  return required === true || (isRecord(attributes) && isRecord(attributes.username));
}

function connectionNamed({ data }: Auth0Context, name: string): ConnectionRecord {
  const connection = data.connections.first(eq("name", name));
  if (connection === undefined) {
    throw new ManagementError(400, "The connection does not exist.", "inexistent_connection");
  }
  if (!isDatabase(connection) && !isPasswordless(connection)) {
    throw invalidBody(
      "Connection does not support user creation through the API. It must either be a database or passwordless connection.",
    );
  }
  return connection;
}

function userExists(): ManagementError {
  return conflict("The user already exists.", "auth0_idp_error");
}

/** Throws 409 when another user of the connection has the email or the user name. */
export function requireFreeLogins(
  { data }: Auth0Context,
  connection: string,
  logins: { readonly email?: string | undefined; readonly username?: string | undefined },
  except?: string,
): void {
  for (const column of ["email", "username"] as const) {
    const login = logins[column];
    if (login === undefined) continue;
    const same = data.users.find(
      and<"connection" | typeof column>(eq("connection", connection), eq(column, login)),
    );
    if (same.some((user) => user.user_id !== except)) throw userExists();
  }
}

/** What a new user of a database connection needs. */
function validateDatabaseUser(connection: ConnectionRecord, { email, username, password }: UserBody): void {
  if (email === undefined && (username === undefined || !allowsUsername(connection))) {
    throw invalidBody("Payload validation error: 'Missing required property: email'.");
  }
  if (password === undefined) {
    throw invalidBody("Payload validation error: 'Missing required property: password'.");
  }
  if (username !== undefined && !allowsUsername(connection)) {
    throw invalidBody("Cannot set username for connection without requires_username.");
  }
  validatePassword(connection.options, password);
}

/** Makes a user in a database or passwordless connection, with the vendor's checks and defaults. */
export function createUser(context: Auth0Context, body: UserBody): UserRecord {
  const { data, now, clock } = context;
  const { connection: connectionName, password, user_id: wantedId } = body;
  const profile = without(body, "connection", "password", "user_id", "verify_email");
  const connection = connectionNamed(context, connectionName);
  if (isDatabase(connection)) validateDatabaseUser(connection, body);
  const email = profile.email?.toLowerCase();
  requireFreeLogins(context, connectionName, { email, username: profile.username });
  const id = wantedId ?? objectId(clock);
  const { strategy: provider } = connection;
  const label = email ?? profile.username ?? profile.phone_number ?? id;
  const user = compact<UserRecord>({
    user_id: `${provider}|${id}`,
    created_at: now(),
    updated_at: now(),
    email_verified: email === undefined ? undefined : false,
    identities: [{ connection: connectionName, user_id: id, provider, isSocial: false }],
    name: label,
    nickname: label.split("@")[0] ?? label,
    picture: defaultPicture(label),
    ...compact({ ...profile, email }),
  });
  if (data.users.has(user.user_id)) throw userExists();
  data.users.insert(user);
  if (password !== undefined) keepPassword(context, user.user_id, password);
  return user;
}
