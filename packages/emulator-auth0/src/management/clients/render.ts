import { without } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { currentKey } from "../../authentication/signing-keys.ts";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { hasScope } from "../access.ts";
import { pickFields } from "../fields.ts";
import type { FieldsQuery } from "../fields.ts";
import type { ClientRecord } from "./record.ts";

/** A client as answers show it: the secret and the signing keys only to who may read client keys. */
export function renderClient(
  context: Auth0Context,
  call: Call,
  client: ClientRecord,
  query: FieldsQuery = {},
): Record<string, unknown> {
  const { client_secret, ...rest } = client;
  const own = rest.global ? without(rest, "grant_types", "cross_origin_authentication") : rest;
  const shown = { tenant: "local", ...own, callback_url_template: false };
  const withKeys = hasScope(call, "read:client_keys")
    ? { ...shown, ...keysOf(context, client_secret) }
    : shown;
  return pickFields(withKeys, query, query.include_fields === false ? [] : ["tenant"]);
}

function keysOf(context: Auth0Context, secret: string | undefined) {
  const signingKeys = [{ cert: currentKey(context).certificate, subject: "/CN=local-auth0-tenant" }];
  return compact({ signing_keys: signingKeys, client_secret: secret });
}
