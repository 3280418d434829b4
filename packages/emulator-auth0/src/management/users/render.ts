import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";

/** What the lists of members and of a role's users show of a user. */
export function renderUserSummary({ data }: Auth0Context, userId: string): Record<string, unknown> {
  const user = data.users.get(userId);
  return compact({ user_id: userId, email: user?.email, picture: user?.picture, name: user?.name });
}
