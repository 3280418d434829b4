/** Requests whose ids differ from run to run, made comparable. */
import type { VendorName } from "@ai-api-access/testing/tenant-http.ts";

/** A request that reached a tenant. */
export interface Asked {
  readonly vendor: VendorName;
  readonly method: string;
  /** With its query, as sent. */
  readonly path: string;
  readonly body?: unknown;
}

/** What the vendors give as ids: `org_…`, Okta's 20 characters, Auth0's 32 of a client and 24 of an API. */
const IDS =
  /\b(?:org|con|rol|cgr)_[\dA-Za-z]+|\b(?=[\dA-Za-z]*\d)(?:[\dA-Za-z]{32}|[\da-f]{24}|[\dA-Za-z]{20})\b/g;

/** The path of a request without its query and with its ids as `*`: a pattern for faults, too. */
export function pathPattern({ path }: Asked): string {
  const [plain = ""] = path.split("?", 1);
  return plain.replaceAll(IDS, "*").replaceAll(/auth0%7C\w+/gi, "*");
}

/** Tells requests apart within a run and finds them again in another; people are the same in all. */
export function signature({ vendor, method, path, body }: Asked): string {
  return [vendor, method, path, JSON.stringify(body ?? null)].join(" ").replaceAll(IDS, "*");
}

/** Whether a request changes something; a token that is asked for changes nothing. */
export function isWrite({ method, path }: Asked): boolean {
  return method !== "GET" && !path.includes("/oauth/token");
}
