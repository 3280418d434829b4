import { isRecord, recordOr } from "@ai-api-access/emulator-core";
import type { ClientRecord } from "./record.ts";

/** The objects of a client that a change adds to instead of replacing them. */
const MERGED = [
  "jwt_configuration",
  "refresh_token",
  "mobile",
  "native_social_login",
  "session_transfer",
  "signed_request_object",
];

/** What session transfer is for a client that says something of it for the first time. */
const SESSION_TRANSFER = {
  can_create_session_transfer_token: false,
  allowed_authentication_methods: [],
  enforce_device_binding: "ip",
  allow_refresh_token: false,
  enforce_cascade_revocation: true,
  enforce_online_refresh_tokens: true,
};

/**
 * The settings that a request asks for, as they are stored: objects are merged with what the client has, a
 * `session_transfer` gets its defaults, and `oidc_backchannel_logout` is an older name for a part of `oidc_logout`.
 *
 * @param client what there is already; nothing for a new client
 */
export function mergedSettings(
  asked: Readonly<Record<string, unknown>>,
  client: Partial<ClientRecord> = {},
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...asked };
  for (const name of MERGED) {
    const change = asked[name];
    if (!isRecord(change)) continue;
    const base = client[name] ?? (name === "session_transfer" ? SESSION_TRANSFER : {});
    result[name] = merged(recordOr(base), change);
  }
  if ("client_metadata" in asked) result.client_metadata = mergedMetadata(asked.client_metadata, client);
  if (asked.initiate_login_uri === "") result.initiate_login_uri = null;
  if (asked.oidc_backchannel_logout === null) result.oidc_logout = null;
  if (isRecord(asked.oidc_logout)) {
    result.oidc_backchannel_logout = { backchannel_logout_urls: asked.oidc_logout.backchannel_logout_urls };
  }
  return result;
}

/** Objects are merged at every level, null takes a property away, everything else is replaced. */
function merged(
  base: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = isRecord(value) ? merged(recordOr(base[key]), value) : value;
  }
  return result;
}

/** Metadata is merged too; once it has been there, it stays as an empty object when all of it is gone. */
function mergedMetadata(asked: unknown, client: Partial<ClientRecord>): unknown {
  if (!isRecord(asked)) return undefined;
  const all = merged(recordOr(client.client_metadata), asked);
  return Object.keys(all).length === 0 && client.client_metadata === undefined ? undefined : all;
}
