/** What has to be true whatever is sent. */
import { z } from "zod";
import { isRecord } from "@ai-api-access/emulator-core";
import type { Answer, FuzzedRoute, FuzzTarget, Sent } from "./target.ts";

/** What a refused request may change: failed attempts to sign in are counted, as the vendor counts them. */
const COUNTED = new Set(["login_failures"]);

/** Okta's answer to what an org does not support at all (E0000060); the stand-in gives it where it supports less. */
const NOT_IMPLEMENTED = 501;

/** Sends a request and says what is wrong with its answer, if anything. */
export async function violationOf(
  target: FuzzTarget,
  route: FuzzedRoute,
  request: Sent,
): Promise<string | undefined> {
  const answer = await target.send(request).catch((error: unknown) => String(error));
  if (typeof answer === "string") return `no answer: ${answer}`;
  const got = `${String(answer.status)} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500 && answer.status !== NOT_IMPLEMENTED) return got;
  // That reads change nothing is checked once for all requests to a route.
  if (route.method === "GET") return undefined;
  const changed = target.changedCollections();
  const echo = answer.status < 300 && changed.length > 0 ? wrongEcho(route, request, answer) : undefined;
  try {
    if (changed.length > 0) target.restore();
  } catch (error) {
    return `${got}, and what it stored does not fit its own schema: ${String(error)}`;
  }
  const unexpected = changed.filter((collection) => !COUNTED.has(collection));
  if (answer.status >= 400 && unexpected.length > 0) return `${got}, and changed ${unexpected.join(", ")}`;
  return echo;
}

/** The answer to an accepted write has to fit the schema of the route's body, in place of what was sent. */
function wrongEcho({ schemas }: FuzzedRoute, { body }: Sent, { text }: Answer): string | undefined {
  const shown: unknown = text === "" ? undefined : JSON.parse(text);
  const sent: unknown = body === undefined ? undefined : tryParse(body);
  if (schemas.body === undefined || !isRecord(shown) || !isRecord(sent)) return undefined;
  const kept = Object.entries(sent).map(([key, value]) => [key, key in shown ? shown[key] : value]);
  const result = schemas.body.safeParse(Object.fromEntries(kept));
  return result.success
    ? undefined
    : `accepted, and shows what could not be written: ${z.prettifyError(result.error)}`;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
