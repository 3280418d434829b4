import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { storedIdentifier } from "./audience.ts";
import type { Client, Collections, Connection, Organization, ResourceServer, Role } from "./collections.ts";
import { missing } from "./errors.ts";
import type { User } from "./users-collection.ts";

/** Path parameters of routes below one resource. */
export const idParams = z.object({ id: z.string() });

/** The organization, or the vendor's 404. */
export function organizationOf(db: Collections, id: string): Organization {
  const organization = db.organizations.get(id);
  if (organization === undefined) throw missing.organization();
  return organization;
}

/** The connection, or the vendor's 404. */
export function connectionOf(db: Collections, id: string): Connection {
  const connection = db.connections.get(id);
  if (connection === undefined) throw missing.connection();
  return connection;
}

/** The client, or the vendor's 404. */
export function clientOf(db: Collections, id: string): Client {
  const client = db.clients.get(id);
  if (client === undefined) throw missing.client();
  return client;
}

/** The role, or the vendor's 404. */
export function roleOf(db: Collections, id: string): Role {
  const role = db.roles.get(id);
  if (role === undefined) throw missing.role();
  return role;
}

/** The user, or the vendor's 404. */
export function userOf(db: Collections, id: string): User {
  const user = db.users.get(id);
  if (user === undefined) throw missing.user();
  return user;
}

/**
 * The resource server with an id or an identifier, or nothing. A path may carry the identifier escaped once
 * or twice: the server has undone the first escape, this undoes the second.
 */
export function findResourceServer(
  db: Collections,
  origin: string,
  reference: string,
): ResourceServer | undefined {
  const readings = [reference, decoded(reference)].map((text) => storedIdentifier(origin, text));
  return (
    db.resourceServers.get(reference) ??
    readings
      .map((text) => db.resourceServers.first(eq("identifier", text)))
      .find((found) => found !== undefined)
  );
}

/** The resource server with an id or an identifier, or the vendor's 404. */
export function resourceServerOf(db: Collections, origin: string, reference: string): ResourceServer {
  const server = findResourceServer(db, origin, reference);
  if (server === undefined) throw missing.resourceServer();
  return server;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
