import { isArray, isObject, textAt } from "../../http/json.ts";
import type { Json, JsonObject } from "../../http/json.ts";
import { connectionOptions } from "./connection-options.ts";

/** What the official plugin sends as null when it is not configured, so that Auth0 looks it up by discovery. */
const DISCOVERED = ["authorization_endpoint", "issuer", "jwks_uri", "userinfo_endpoint", "token_endpoint"];
const OPTION_NAMES = new Set(Object.values(connectionOptions).map(({ wire }) => wire));

function isOpenId(strategy: string): boolean {
  return strategy === "okta" || strategy === "oidc";
}

/** Options as Auth0 wants them: scopes are one text for OpenID Connect, and a flag each for social providers. */
export function toVendorOptions(strategy: string, { scopes, ...options }: JsonObject): JsonObject {
  const names = isArray(scopes) ? scopes.filter((scope) => typeof scope === "string").toSorted() : [];
  if (!isOpenId(strategy)) return { ...options, ...Object.fromEntries(names.map((name) => [name, true])) };
  const unset = Object.fromEntries(DISCOVERED.map((name) => [name, null]));
  return { ...unset, ...withoutEmptyMap(options), ...(names.length > 0 && { scope: names.join(" ") }) };
}

/** The official plugin drops a map of claims that is empty: Auth0 does not get it, and the state does not have it. */
function withoutEmptyMap(options: JsonObject): JsonObject {
  const map = options.attribute_map;
  if (!isObject(map)) return options;
  const { attributes, ...rest } = map;
  const isEmpty = !isObject(attributes) || Object.keys(attributes).length === 0;
  return isEmpty ? { ...options, attribute_map: rest } : options;
}

/** Options as Auth0 shows them, with the scopes as a list. */
export function fromVendorOptions(strategy: string, options: Json | undefined): JsonObject {
  if (!isObject(options)) return {};
  const scopes = isOpenId(strategy)
    ? (textAt(options, "scope") ?? "").split(" ").filter((name) => name !== "")
    : Object.keys(options).filter((name) => options[name] === true && !OPTION_NAMES.has(name));
  return { ...options, ...(scopes.length > 0 && { scopes }) };
}
