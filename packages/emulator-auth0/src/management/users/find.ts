import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { UserRecord } from "./record.ts";

/** The user with this id. Throws 404. */
export function findUser({ data }: Auth0Context, id: string): UserRecord {
  const found = data.users.get(id);
  if (found === undefined) throw notFound("The user does not exist.", "inexistent_user");
  return found;
}
