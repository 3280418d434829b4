import { isRecord } from "../../tenants/kit/json.ts";
import type { VendorName } from "./recording.ts";

/**
 * Some recorders took the org's name out of the addresses and its domain with it, so that `https://org/…` stands where
 * the org has `https://org.example.com/…`. Puts the address back.
 *
 * @param origin where the recorded request went
 */
export function withAddress(body: string, origin: string): string {
  const { hostname } = new URL(origin);
  const [label = hostname] = hostname.split(".");
  return body.replaceAll(new RegExp(`"https://${label}(?=[/"])`, "g"), `"${origin}`);
}

/** Operations whose answers the recorder of the Auth0 provider's tests writes anew. */
const CLIENT_OPERATIONS = new Set([
  "get_clients",
  "get_clients_by_id",
  "post_clients",
  "patch_clients_by_id",
]);
/** Properties of a client that its struct does not have, so that they fall out. */
const DROPPED = new Set(["tenant", "global", "callback_url_template"]);
const BLANK = "[REDACTED]";

/**
 * Does to an answer of ours what the recorder did to the vendor's before it was written: where it read the answer
 * into a struct and wrote that, what the struct does not hold falls out. Answers that do not show the recorder's
 * hand stay as they are.
 *
 * @param expected the recorded answer
 * @param got ours, parsed
 */
export function asRecorded(
  vendor: VendorName,
  operation: string | undefined,
  expected: unknown,
  got: unknown,
) {
  if (vendor !== "auth0" || operation === undefined || !CLIENT_OPERATIONS.has(operation)) return got;
  const text = JSON.stringify(expected ?? null);
  return text.includes(`"signing_keys":[{"cert":"${BLANK}"}]`) ? rewritten(got) : got;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (!isRecord(value)) return value;
  if (Array.isArray(value.clients)) {
    const page = { start: 0, limit: 0, length: 0, total: 0, next: "" };
    return { ...page, ...value, clients: rewritten(value.clients) };
  }
  // A refusal was read into the struct of a client too, and nothing of it was left.
  if ("statusCode" in value) return { signing_keys: [{ cert: BLANK }] };
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => !DROPPED.has(key)));
  return { ...kept, signing_keys: [{ cert: BLANK }] };
}
