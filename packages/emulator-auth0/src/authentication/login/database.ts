import type { Collections } from "../../collections.ts";
import { isDatabase } from "../authorize/connections.ts";
import type { LoginOption } from "../authorize/connections.ts";

/**
 * The connection whose people sign in by the form: the tenant's default directory where it is among the options,
 * else the first database.
 */
export function databaseOf(db: Collections, options: readonly LoginOption[]): LoginOption | undefined {
  const databases = options.filter(({ connection }) => isDatabase(connection));
  const preferred = db.settings.get("settings")?.default_directory;
  return databases.find(({ connection }) => connection.name === preferred) ?? databases[0];
}
