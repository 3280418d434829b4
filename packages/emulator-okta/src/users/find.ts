import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import type { UserRecord } from "./record.ts";

/** The path parameter that names a user: an id or a login. */
export const userParams = z.object({ userId: z.string() });

/** The user with this id or login. Throws 404. */
export function findUser({ data }: OktaContext, id: string): UserRecord {
  const found = data.users.get(id) ?? data.users.first(eq("login", id));
  if (found === undefined) throw notFound(id, "User");
  return found;
}
