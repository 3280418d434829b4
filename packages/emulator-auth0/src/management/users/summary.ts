import type { Collections } from "../../collections.ts";
import { compact } from "../../changes.ts";

/** What the lists of members and of a role's users show of a user. */
export function userSummary(db: Collections, userId: string): Record<string, unknown> {
  const user = db.users.get(userId);
  return compact({ user_id: userId, email: user?.email, picture: user?.picture, name: user?.name });
}
