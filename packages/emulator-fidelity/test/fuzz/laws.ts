/** What holds whatever is sent. */
import { z } from "zod";
import { isRecord } from "@ai-api-access/emulator-core";
import type { Answer, FuzzedRoute, Sent, World } from "./world.ts";

/**
 * What a refused request may change all the same: attempts to sign in that went wrong are counted, as the vendor
 * counts them.
 */
const COUNTED = new Set(["login_failures"]);

/** Okta's answer to what a tenant does not do at all (E0000060), which the stand-in gives where it stands for less. */
const NOT_IMPLEMENTED = 501;

/** Sends a request and says which law its answer broke; `undefined` when none. */
export async function brokenLaw(
  world: World,
  route: FuzzedRoute,
  request: Sent,
): Promise<string | undefined> {
  const answer = await world.send(request).catch((error: unknown) => String(error));
  if (typeof answer === "string") return `no answer: ${answer}`;
  const told = `${String(answer.status)} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500 && answer.status !== NOT_IMPLEMENTED) return told;
  // That reads change nothing is looked at once for all of a route's, which are many.
  if (route.method === "GET") return undefined;
  const changed = world.changedCollections();
  const unread =
    answer.status < 300 && changed.length > 0 ? rereadMistake(route, request, answer) : undefined;
  try {
    if (changed.length > 0) world.restore();
  } catch (error) {
    return `${told}, and what it stored does not fit its own schema: ${String(error)}`;
  }
  const unforeseen = changed.filter((collection) => !COUNTED.has(collection));
  if (answer.status >= 400 && unforeseen.length > 0) return `${told}, and changed ${unforeseen.join(", ")}`;
  return unread;
}

/**
 * What is shown of an accepted write has to be what could be written: in place of what was sent it fits the schema
 * of the route's body as well.
 */
function rereadMistake({ schemas }: FuzzedRoute, { body }: Sent, { text }: Answer): string | undefined {
  const shown: unknown = text === "" ? undefined : JSON.parse(text);
  const sent: unknown = body === undefined ? undefined : tryParse(body);
  if (schemas.body === undefined || !isRecord(shown) || !isRecord(sent)) return undefined;
  const kept = Object.entries(sent).map(([key, value]) => [key, key in shown ? shown[key] : value]);
  const result = schemas.body.safeParse(Object.fromEntries(kept));
  return result.success ? undefined : `accepted, and shows what is no good: ${z.prettifyError(result.error)}`;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
