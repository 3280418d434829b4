import { createHash } from "node:crypto";
import { and, eq, isRecord, objectId, timestamp } from "@ai-api-access/emulator-core";
import type { z } from "zod";
import { compact } from "../../changes.ts";
import type { Collections, Connection } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, invalidBody, ManagementError } from "../../errors.ts";
import { checkStrength, keepPassword } from "../../passwords.ts";
import type { User } from "../../users-collection.ts";
import type { createUserBody } from "./schemas.ts";

const PASSWORDLESS = new Set(["sms", "email"]);

/** The picture that a user without one has: a Gravatar with the initials as the fallback. */
export function defaultPicture(email: string): string {
  const digest = createHash("md5").update(email.toLowerCase()).digest("hex");
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${email.slice(0, 2).toLowerCase()}.png`);
  return `https://s.gravatar.com/avatar/${digest}?s=480&r=pg&d=${fallback}`;
}

/** Whether a database connection's users may have user names. */
export function allowsUsername(connection: Connection): boolean {
  const { attributes, requires_username: required } = connection.options;
  return required === true || (isRecord(attributes) && isRecord(attributes.username));
}

function connectionFor(db: Collections, name: string): Connection {
  const connection = db.connections.first(eq("name", name));
  if (connection === undefined) {
    throw new ManagementError(400, "The connection does not exist.", "inexistent_connection");
  }
  if (connection.strategy !== "auth0" && !PASSWORDLESS.has(connection.strategy)) {
    throw invalidBody(
      "Connection does not support user creation through the API. It must either be a database or passwordless connection.",
    );
  }
  return connection;
}

/** Throws 409 when another user of the connection has the email or the user name. */
export function checkUserIsFree(
  db: Collections,
  connection: string,
  { email, username }: { readonly email?: string | undefined; readonly username?: string | undefined },
  except?: string,
): void {
  const taken = [
    ...(email === undefined ? [] : db.users.find(and(eq("connection", connection), eq("email", email)))),
    ...(username === undefined
      ? []
      : db.users.find(and(eq("connection", connection), eq("username", username)))),
  ].some((user) => user.user_id !== except);
  if (taken) throw conflict("The user already exists.", "auth0_idp_error");
}

/** Makes a user in a database or passwordless connection, with the vendor's checks and defaults. */
export function createUser({ db, clock }: Auth0Context, asked: z.output<typeof createUserBody>): User {
  const { connection: connectionName, password, user_id: wantedId, ...profile } = asked;
  const connection = connectionFor(db, connectionName);
  const database = connection.strategy === "auth0";
  if (database) {
    if (profile.email === undefined && (profile.username === undefined || !allowsUsername(connection))) {
      throw invalidBody("Payload validation error: 'Missing required property: email'.");
    }
    if (password === undefined)
      throw invalidBody("Payload validation error: 'Missing required property: password'.");
    if (profile.username !== undefined && !allowsUsername(connection)) {
      throw invalidBody("Cannot set username for connection without requires_username.");
    }
    checkStrength(connection.options, password);
  }
  const email = profile.email?.toLowerCase();
  checkUserIsFree(db, connectionName, { email, username: profile.username });
  const id = wantedId ?? objectId(clock);
  const provider = connection.strategy;
  const label = email ?? profile.username ?? profile.phone_number ?? id;
  const now = timestamp(clock);
  const user = compact<User>({
    user_id: `${provider}|${id}`,
    created_at: now,
    updated_at: now,
    ...(email === undefined ? {} : { email_verified: false }),
    identities: [{ connection: connectionName, user_id: id, provider, isSocial: false }],
    name: label,
    nickname: label.split("@")[0] ?? label,
    picture: defaultPicture(label),
    ...compact({ ...profile, verify_email: undefined }),
    ...(email === undefined ? {} : { email }),
  });
  if (db.users.has(user.user_id)) throw conflict("The user already exists.", "auth0_idp_error");
  db.users.insert(user);
  if (password !== undefined) keepPassword(db, user.user_id, password);
  return user;
}
