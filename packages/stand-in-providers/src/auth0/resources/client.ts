import { isProperties } from "@ai-api-access/provider-kit";
import { segment } from "../../http/escape.ts";
import { isObject, merged } from "../../http/json.ts";
import type { Json, JsonObject } from "../../http/json.ts";
import { isEmpty } from "../../table/property.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { collection } from "../steps.ts";
import type { Auth0Call } from "../steps.ts";
import { clientProperties } from "./client-properties.ts";

const steps = collection({
  path: "/clients",
  id: "client_id",
  createWith: (call) => {
    const type = call.inputs.appType;
    const method = typeof type === "string" ? AUTHENTICATION[type] : undefined;
    return method === undefined ? {} : { token_endpoint_auth_method: method };
  },
});

/** How a client of each type authenticates when nothing else is said; sent on create only. */
const AUTHENTICATION: Readonly<Record<string, string>> = {
  native: "none",
  spa: "none",
  regular_web: "client_secret_post",
  non_interactive: "client_secret_post",
};

/** What an update sets to null, in a request of its own, when the program no longer mentions it. */
const CLEARED: Readonly<Record<string, string>> = {
  oidcLogout: "oidc_backchannel_logout",
  sessionTransfer: "session_transfer",
  crossOriginLoc: "cross_origin_loc",
  encryptionKey: "encryption_key",
  tokenQuota: "token_quota",
  organizationDiscoveryMethods: "organization_discovery_methods",
  tokenExchange: "token_exchange",
};

/** The official plugin waits 800 ms after a create and 200 ms after an update; this one does not. */
export const client: ResourceType<Auth0Api> = {
  token: "auth0:index/client:Client",
  what: "client",
  properties: clientProperties,
  ...steps,

  async update(call) {
    const path = `/clients/${segment(call.id)}`;
    const cleared = Object.entries(CLEARED).filter(
      ([name]) => !isEmpty(call.state[name]) && call.inputs[name] === undefined,
    );
    if (cleared.length > 0) {
      await call.api.send("PATCH", path, Object.fromEntries(cleared.map(([, wire]) => [wire, null])));
    }
    await call.api.send("PATCH", path, { ...call.body(), ...metadataOf(call) });
    return undefined;
  },
};

/** Keys of `client_metadata` that the program no longer mentions go as null: Auth0 merges that object. */
export function metadataOf(call: Auth0Call): { client_metadata?: Record<string, Json> } {
  const [before, after] = [call.state.clientMetadata, call.inputs.clientMetadata];
  const wanted = isProperties(after) ? after : {};
  const removed = Object.keys(isProperties(before) ? before : {}).filter((key) => !(key in wanted));
  if (removed.length === 0) return {};
  return { client_metadata: merged(metadataIn(call.body()), nulls(removed)) };
}

function metadataIn(body: JsonObject): JsonObject {
  const metadata = body.client_metadata;
  return isObject(metadata) ? metadata : {};
}

function nulls(keys: readonly string[]): Record<string, null> {
  return Object.fromEntries(keys.map((key) => [key, null]));
}
