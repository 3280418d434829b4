import { unlessGone } from "../../http/errors.ts";
import { segment } from "../../http/escape.ts";
import { objectsAt, textAt } from "../../http/json.ts";
import { count, pathId, text } from "../../table/property.ts";
import { idOfParts } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import type { Auth0Call } from "../steps.ts";
import { createKeys, fields, KEYS, path, privateKeyJwt, readKeys, replaceKeys } from "./client-keys.ts";

const METHODS = ["none", "client_secret_post", "client_secret_basic", KEYS];

/** The methods with a client secret, with keys, and none; not the ones with certificates. */
export const clientCredentials: ResourceType<Auth0Api> = {
  token: "auth0:index/clientCredentials:ClientCredentials",
  what: "credentials of a client",
  properties: {
    clientId: pathId({ replace: true }),
    authenticationMethod: text("token_endpoint_auth_method", { computed: true }),
    clientSecret: text("client_secret", { computed: true, secret: true }),
    clientSecretWo: text("", { secret: true }),
    clientSecretWoVersion: count(""),
    privateKeyJwt,
  },
  rules: ({ authenticationMethod: method }) =>
    typeof method !== "string" || METHODS.includes(method)
      ? []
      : [`authenticationMethod "${method}" is not one that this stand-in has; it has ${METHODS.join(", ")}`],
  imported: idOfParts("::", "clientId"),

  async create(call) {
    await call.api.get(path(call), fields("client_id"));
    if (call.inputs.authenticationMethod === KEYS) await createKeys(call);
    else await write(call);
    return { id: call.text("clientId") };
  },
  async read(call) {
    const client = await unlessGone(call.api.getObject(path(call)));
    return client && readKeys(call, client);
  },
  async update(call) {
    if (call.inputs.authenticationMethod === KEYS) await replaceKeys(call);
    else await write(call);
    return undefined;
  },
  // The method goes back to what the application type starts with; the secret stays.
  async delete(call) {
    const client = await unlessGone(call.api.get(path(call), fields("client_id,app_type")));
    if (client === undefined) return;
    const paged = { include_totals: true, per_page: 50 };
    const keys = objectsAt(await call.api.get(`${path(call)}/credentials`, paged), "credentials");
    const method = { token_endpoint_auth_method: startingMethod(textAt(client, "app_type")) };
    const cleared = { client_authentication_methods: null, signed_request_object: null };
    if (keys.length > 0) await call.api.get(path(call), fields("client_id,app_type"));
    await call.api.send("PATCH", path(call), keys.length > 0 ? { ...cleared, ...method } : method);
    for (const key of keys) {
      await unlessGone(
        call.api.send("DELETE", `${path(call)}/credentials/${segment(textAt(key, "id") ?? "")}`),
      );
    }
  },
};

async function write(call: Auth0Call): Promise<void> {
  const method = call.inputs.authenticationMethod;
  if (typeof method === "string" && call.changed("authenticationMethod")) {
    await call.api.send("PATCH", path(call), { token_endpoint_auth_method: method });
  }
  for (const key of ["clientSecret", "clientSecretWo"]) {
    const value = call.inputs[key];
    if (typeof value === "string" && call.changed(key)) {
      await call.api.send("PATCH", path(call), { client_secret: value });
    }
  }
}

function startingMethod(appType: string | undefined): string {
  if (appType === "native" || appType === "spa") return "none";
  return appType === "regular_web" || appType === "non_interactive"
    ? "client_secret_post"
    : "client_secret_basic";
}
