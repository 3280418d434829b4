import { isRecord, without } from "@ai-api-access/emulator-core";

/**
 * What recorders do to traffic before they write it down. A recording shows the vendor's answer through its
 * recorder's hand, so what the recorder changed is undone, or done to our answer too; nothing else is.
 */

/** A text that a recorder put in place of a secret. */
export const BLANK = /^\[(?:[A-Z]+-)?REDACTED\]$/;

/**
 * Recorders that take the tenant's name out leave addresses that lead nowhere: `https://org/…` for
 * `https://org.example.com/…`, or
 * `https://org.eu.auth0.com.eu.auth0.com/…`. Puts the address back.
 *
 * @param origin where the recorded request went
 */
export function withAddress(body: string, origin: string): string {
  const { hostname } = new URL(origin);
  const [label = ""] = hostname.split(".");
  const host = hostname.replaceAll(".", "\\.");
  return body
    .replaceAll(new RegExp(`"https://${label}(?=[/"])`, "g"), `"${origin}`)
    .replaceAll(new RegExp(`${host}(\\.[a-z]{2})?\\.auth0\\.com`, "g"), hostname);
}

/** Operations whose answers, a client each or a list of them, recorders of Auth0 read into a struct and write from it. */
const CLIENTS = new Set([
  "get_clients",
  "get_clients_by_id",
  "post_clients",
  "patch_clients_by_id",
  "post_rotate_secret",
]);
/** Properties of a client that the struct does not have, so that they fall out. */
const UNKNOWN_TO_STRUCT = ["tenant", "global", "callback_url_template"];
/** The tests of Auth0's Go SDK: their recorder rewrites resource servers too, and gives every client a secret. */
const GO_SDK = "https://go-auth0-dev.";
const RESOURCE_SERVERS = new Set([
  "get_resource-servers_by_id",
  "post_resource-servers",
  "patch_resource-servers_by_id",
]);

/** An answer of the local tenant's, next to the recorded one. */
export interface Pair {
  /** Where the recorded request went. */
  readonly origin: string;
  /** The local tenant's operation. */
  readonly operation: string | undefined;
  readonly expected: unknown;
  /** Ours, parsed. */
  readonly got: unknown;
}

/** Does to an answer of ours what the recorder did to the vendor's. */
export function asRecorded({ origin, operation = "", expected, got }: Pair): unknown {
  const byGoSdk = origin.startsWith(GO_SDK);
  if (byGoSdk && RESOURCE_SERVERS.has(operation)) {
    // A refusal was read into the struct too, and nothing of it was left.
    if (isRefusal(got)) return {};
    return isRecord(got) ? without(got, "signing_secret") : got;
  }
  if (!CLIENTS.has(operation) || !isRewritten(expected)) return got;
  if (isRecord(got) && Array.isArray(got.clients)) {
    const page = { start: 0, limit: 0, length: 0, total: 0, next: "" };
    return { ...page, ...got, clients: got.clients.map((client) => rewritten(client, false)) };
  }
  return rewritten(got, byGoSdk);
}

/** The struct has signing keys whatever the answer had. */
function isRewritten(expected: unknown): boolean {
  return /"signing_keys":\[\{"cert":"\[(?:[A-Z]+-)?REDACTED\]"\}\]/.test(JSON.stringify(expected ?? null));
}

function rewritten(client: unknown, withSecret: boolean): unknown {
  if (!isRecord(client)) return client;
  const kept = isRefusal(client) ? {} : without(client, ...UNKNOWN_TO_STRUCT);
  const secret = withSecret ? { client_secret: "[REDACTED]" } : {};
  return { ...kept, ...secret, signing_keys: [{ cert: "[REDACTED]" }] };
}

function isRefusal(value: unknown): boolean {
  return isRecord(value) && "statusCode" in value;
}
