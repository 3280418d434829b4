import { isRecord } from "@ai-api-access/emulator-core";
import type { Client } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { addCredential, credentialBody, showCredential } from "./new-credential.ts";

/** Gives a client a credential that stands in one of its settings, and says how the setting shows it. */
type Keep = (inline: Readonly<Record<string, unknown>>) => unknown;

/**
 * The settings of a new client that name credentials. A credential that is written out there, key and all, becomes
 * one of the client's: the answer shows it, and the setting names it by its id from then on.
 */
export function withKeptCredentials(
  context: Auth0Context,
  client: Client,
): { readonly stored: Client; readonly shown: Client } {
  const keptIds = new Map<string, unknown>();
  const stored = withCredentials(client, (inline) => {
    const credential = addCredential(context, client.client_id, credentialBody.parse(inline));
    keptIds.set(credential.id, showCredential(credential));
    return { id: credential.id };
  });
  const shown = withCredentials(stored, (named) => keptIds.get(String(named.id)) ?? named);
  return { stored, shown };
}

function withCredentials(client: Client, keep: Keep): Client {
  const { client_authentication_methods: methods, signed_request_object: requests } = client;
  return {
    ...client,
    ...(isRecord(methods)
      ? { client_authentication_methods: eachMethod(methods, (method) => replaced(method, keep)) }
      : {}),
    ...(isRecord(requests) ? { signed_request_object: replaced(requests, keep) } : {}),
  };
}

function eachMethod(methods: Readonly<Record<string, unknown>>, change: (method: unknown) => unknown) {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, change(method)]));
}

function replaced(setting: unknown, keep: Keep): unknown {
  if (!isRecord(setting) || !Array.isArray(setting.credentials)) return setting;
  const credentials: unknown[] = setting.credentials;
  return {
    ...setting,
    credentials: credentials.map((one) => (isRecord(one) && !("id" in one) ? keep(one) : one)),
  };
}
