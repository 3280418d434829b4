import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { RoleRecord } from "./record.ts";

/** The role with this id. Throws 404. */
export function findRole({ data }: Auth0Context, id: string): RoleRecord {
  const found = data.roles.get(id);
  if (found === undefined) throw notFound("The role does not exist.");
  return found;
}
