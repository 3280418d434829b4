import { isList, isProperties } from "@ai-api-access/provider-kit";
import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt, valueAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";
import { flag, object, objectList, out, text } from "../../table/property.ts";
import type { PropertyTable } from "../../table/property.ts";
import type { Auth0Call } from "../steps.ts";

/** The method by which a client proves with a key of its own who it is. */
export const KEYS = "private_key_jwt";

/** How many keys Auth0 takes in use at a time. */
const MAXIMUM = 2;

/** Where the client is. */
export const path = (call: Auth0Call) => `/clients/${segment(call.text("clientId"))}`;
/** The query for some fields alone. */
export const fields = (names: string) => ({ fields: names, include_fields: true });

const credentialProperties: PropertyTable = {
  name: text("name"),
  credentialType: text("credential_type", { required: true }),
  pem: text("pem", { required: true }),
  algorithm: text("alg", { computed: true }),
  parseExpiryFromCert: flag("parse_expiry_from_cert"),
  expiresAt: text("expires_at", { computed: true }),
  id: out(text("id")),
  keyId: out(text("kid")),
  createdAt: out(text("created_at")),
  updatedAt: out(text("updated_at")),
};

/** The official plugin does not keep the PEM, which Auth0 never shows: every preview has an update of it. */
export const privateKeyJwt = object("private_key_jwt", {
  credentials: objectList("credentials", credentialProperties, { required: true }),
});

/** The client with its keys, each of which is read by itself. */
export async function readKeys(call: Auth0Call, client: JsonObject): Promise<JsonObject> {
  const keys = objectsAt(valueAt(client, "client_authentication_methods.private_key_jwt"), "credentials");
  if (keys.length === 0) return client;
  const credentials: JsonObject[] = [];
  for (const key of keys) {
    credentials.push(
      await call.api.getObject(`${path(call)}/credentials/${segment(textAt(key, "id") ?? "")}`),
    );
  }
  return { ...client, token_endpoint_auth_method: KEYS, private_key_jwt: { credentials } };
}

/** The keys that the program declares, as Auth0 takes them. */
function declaredKeys(call: Auth0Call): readonly JsonObject[] {
  return objectsAt(valueAt(call.body(), "private_key_jwt"), "credentials");
}

/** The keys that the client is known to have. */
function knownKeys({ state: { privateKeyJwt: known } }: Auth0Call): string[] {
  const keys = isProperties(known) && isList(known.credentials) ? known.credentials : [];
  return keys.flatMap((key) => (isProperties(key) && typeof key.id === "string" ? [key.id] : []));
}

/** Gives the client the keys that the program declares. */
export async function createKeys(call: Auth0Call): Promise<void> {
  const made: string[] = [];
  for (const key of declaredKeys(call)) made.push(await addKey(call, key));
  await useKeys(call, made);
}

/** Adds before it removes, so that a key works at any time, as far as Auth0's two keys leave room. */
export async function replaceKeys(call: Auth0Call): Promise<void> {
  if (!call.changed("privateKeyJwt")) return;
  await call.api.get(path(call), fields("client_id"));
  await call.api.get(`${path(call)}/credentials`, { include_totals: true, per_page: 50 });
  const old = knownKeys(call);
  let used = [...old];
  const drop = async (id: string | undefined) => {
    if (id === undefined) return;
    used = used.filter((one) => one !== id);
    await useKeys(call, used);
    await unlessGone(call.api.send("DELETE", `${path(call)}/credentials/${segment(id)}`));
  };
  for (const key of declaredKeys(call)) {
    const isFull = used.length >= MAXIMUM;
    if (isFull) await drop(old.shift());
    used.push(await addKey(call, { parse_expiry_from_cert: false, ...key }));
    await useKeys(call, used);
    if (!isFull) await drop(old.shift());
  }
  for (const id of old) await drop(id);
}

async function addKey(call: Auth0Call, key: JsonObject): Promise<string> {
  const made = await call.api.sendObject("POST", `${path(call)}/credentials`, key);
  return textAt(made, "id") ?? "";
}

async function useKeys(call: Auth0Call, ids: readonly string[]): Promise<void> {
  await call.api.get(path(call), fields("client_id,app_type"));
  await call.api.send("PATCH", path(call), {
    client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } },
    token_endpoint_auth_method: null,
  });
}
