import { z } from "zod";
import { compare, eq, urlSafe } from "@ai-api-access/emulator-core";
import type { Call, Cookie } from "@ai-api-access/emulator-core";
import type { Collections } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { Session } from "../collections.ts";
import { noCookie, readCookie, signedCookie } from "./cookies.ts";

const HOUR = 3_600_000;

/** Hours, and whether the cookie outlives the browser (Auth0 docs: session lifetime settings). */
const settingsSchema = z.object({
  session_lifetime: z.number().catch(168),
  idle_session_lifetime: z.number().catch(72),
  session_cookie: z.object({ mode: z.string() }).catch({ mode: "persistent" }),
});

function settingsOf(db: Collections): z.output<typeof settingsSchema> {
  return settingsSchema.parse(db.settings.get("settings") ?? {});
}

/** Who is signed in at this browser; being asked keeps the session from going idle. */
export function currentSession({ db, clock }: Auth0Context, call: Call): Session | undefined {
  const id = readCookie(db, call, "session");
  const session = id === undefined ? undefined : db.sessions.get(id);
  if (session === undefined) return undefined;
  const now = clock();
  const idleUntil = session.last_used_at + settingsOf(db).idle_session_lifetime * HOUR;
  const user = db.users.get(session.user_id);
  if (session.expires_at < now || idleUntil < now || user === undefined || user.blocked === true) {
    db.sessions.delete(session.id);
    return undefined;
  }
  return db.sessions.put({ ...session, last_used_at: now });
}

/** Signs somebody in at this browser, under a name that nobody could have set before; gives the cookie. */
export function beginSession(
  context: Auth0Context,
  call: Call,
  who: Pick<Session, "user_id" | "connection">,
): Cookie {
  const { db, clock } = context;
  const now = clock();
  const settings = settingsOf(db);
  endSession(context, call);
  db.sessions.deleteWhere(compare("expires_at", "<", now));
  const session = db.sessions.insert({
    ...who,
    id: urlSafe(32),
    authenticated_at: now,
    last_used_at: now,
    expires_at: now + settings.session_lifetime * HOUR,
  });
  const persistent = settings.session_cookie.mode === "persistent";
  return signedCookie(db, call, "session", {
    value: session.id,
    maxAge: persistent ? Math.floor((settings.session_lifetime * HOUR) / 1000) : undefined,
  });
}

/** Signs somebody out everywhere, as when the password changes. */
export function endSessionsOf(db: Collections, userId: string): void {
  db.sessions.deleteWhere(eq("user_id", userId));
}

/** Signs out at this browser; gives the cookie that says so. */
export function endSession({ db }: Auth0Context, call: Call): Cookie {
  const id = readCookie(db, call, "session");
  if (id !== undefined) db.sessions.delete(id);
  return noCookie(call, "session");
}
