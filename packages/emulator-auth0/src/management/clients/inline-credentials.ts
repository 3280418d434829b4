import { isRecord } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { addCredential, credentialBody, renderCredential } from "./credentials.ts";
import type { ClientRecord } from "./record.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Says what stands in the place of a credential that stands in a setting. */
type Replace = (credential: Settings) => unknown;

/**
 * Keeps the credentials that are written out, key and all, in the settings of a new client: they become credentials
 * of the client. The answer shows them in their place, and the setting names them by their ids from then on.
 */
export function withKeptCredentials(
  context: Auth0Context,
  client: ClientRecord,
): { readonly stored: ClientRecord; readonly shown: ClientRecord } {
  const kept = new Map<string, unknown>();
  const stored = withCredentials(client, (inline) => {
    if ("id" in inline) return inline;
    const credential = addCredential(context, client.client_id, credentialBody.parse(inline));
    kept.set(credential.id, renderCredential(credential));
    return { id: credential.id };
  });
  return { stored, shown: withCredentials(stored, (named) => kept.get(String(named.id)) ?? named) };
}

function withCredentials(client: ClientRecord, replace: Replace): ClientRecord {
  const { client_authentication_methods: methods, signed_request_object: requests } = client;
  const replaced = (setting: unknown): unknown => {
    if (!isRecord(setting) || !Array.isArray(setting.credentials)) return setting;
    const credentials: unknown[] = setting.credentials;
    return { ...setting, credentials: credentials.map((one) => (isRecord(one) ? replace(one) : one)) };
  };
  const ofMethods = (all: Settings): Settings =>
    Object.fromEntries(Object.entries(all).map(([name, method]) => [name, replaced(method)]));
  return {
    ...client,
    ...(isRecord(methods) ? { client_authentication_methods: ofMethods(methods) } : {}),
    ...(isRecord(requests) ? { signed_request_object: replaced(requests) } : {}),
  };
}
