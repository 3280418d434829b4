import { z } from "zod";
import { compare, eq, urlSafe } from "@ai-api-access/emulator-core";
import type { Call, Cookie } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { findSettings } from "../../management/tenant-settings.ts";
import type { SessionRecord } from "../record.ts";
import { expiredCookie, readCookie, signedCookie } from "./browser.ts";

const HOUR = 3_600_000;

/** Hours, and whether the cookie outlives the browser (Auth0 docs: session lifetime settings). */
const settingsSchema = z.object({
  session_lifetime: z.number().catch(168),
  idle_session_lifetime: z.number().catch(72),
  session_cookie: z.object({ mode: z.string() }).catch({ mode: "persistent" }),
});

/** Who is signed in at this browser; being asked keeps the session from going idle. */
export function currentSession(context: Auth0Context, call: Call): SessionRecord | undefined {
  const { data, clock } = context;
  const id = readCookie(context, call, "session");
  const session = id === undefined ? undefined : data.sessions.get(id);
  if (session === undefined) return undefined;
  const now = clock();
  const settings = settingsSchema.parse(findSettings(context));
  const idleUntil = session.last_used_at + settings.idle_session_lifetime * HOUR;
  const user = data.users.get(session.user_id);
  if (session.expires_at < now || idleUntil < now || user === undefined || user.blocked === true) {
    data.sessions.delete(session.id);
    return undefined;
  }
  return data.sessions.put({ ...session, last_used_at: now });
}

/** Signs somebody in at this browser, under a name that nobody could have set before; gives the cookie. */
export function beginSession(
  context: Auth0Context,
  call: Call,
  who: Pick<SessionRecord, "user_id" | "connection">,
): Cookie {
  const { data, clock } = context;
  const now = clock();
  const settings = settingsSchema.parse(findSettings(context));
  const lifetime = settings.session_lifetime * HOUR;
  endSession(context, call);
  data.sessions.deleteWhere(compare("expires_at", "<", now));
  const { id } = data.sessions.insert({
    ...who,
    id: urlSafe(32),
    authenticated_at: now,
    last_used_at: now,
    expires_at: now + lifetime,
  });
  const maxAge = settings.session_cookie.mode === "persistent" ? Math.floor(lifetime / 1000) : undefined;
  return signedCookie(context, call, "session", { value: id, maxAge });
}

/** Signs somebody out everywhere, as when the password changes. */
export function endSessionsOf({ data }: Auth0Context, userId: string): void {
  data.sessions.deleteWhere(eq("user_id", userId));
}

/** Signs out at this browser; gives the cookie that says so. */
export function endSession(context: Auth0Context, call: Call): Cookie {
  const id = readCookie(context, call, "session");
  if (id !== undefined) context.data.sessions.delete(id);
  return expiredCookie(call, "session");
}
