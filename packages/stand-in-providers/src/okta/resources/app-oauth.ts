import { segment } from "../../http/escape.ts";
import {
  isArray,
  isObject,
  JsonBuilder,
  merged,
  objectsAt,
  textAt,
  valueAt,
  without,
} from "../../http/json.ts";
import type { Json, JsonObject } from "../../http/json.ts";
import { query } from "../../http/escape.ts";
import { AS_PLANNED } from "../../table/resource.ts";
import type { ResourceType } from "../../table/resource.ts";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { OktaApi } from "../api.ts";
import { idOf } from "../steps.ts";
import type { OktaCall } from "../steps.ts";
import { appOAuthProperties } from "./app-oauth-properties.ts";
import { appOAuthRules } from "./app-oauth-rules.ts";

const SECRET = "credentials.oauthClient.client_secret";
const one = (call: OktaCall, id = call.id) => `/api/v1/apps/${segment(id)}`;
const idTokenSettings = (id: string) => `/api/v1/internal/apps/${segment(id)}/settings/oauth/idToken`;

/** The official plugin tries a refused delete again for up to 30 seconds; this one does not. */
export const appOAuth: ResourceType<OktaApi> = {
  token: "okta:app/oAuth:OAuth",
  what: "OAuth app",
  properties: appOAuthProperties,
  rules: appOAuthRules,
  imported: (id) => ({ id: id.split("/")[0] ?? "", state: {} }),

  async create(call) {
    const path = `/api/v1/apps${query({ activate: call.inputs.status !== "INACTIVE" })}`;
    const made = await call.api.sendObject("POST", path, bodyOf(call));
    const id = idOf(made, path);
    await call.api.send("POST", idTokenSettings(id), { issuerMode: "ORG_URL" });
    if (call.inputs.type !== "service") await assignPolicy(call, id);
    return { id, once: secretIn(made, call) };
  },

  // A 404 of the app is an error here, as it is in the official plugin.
  async read(call) {
    const app = await call.api.getObject(one(call));
    if (call.value("skipAuthenticationPolicy") !== true) await call.api.organization();
    await call.api.get(idTokenSettings(call.id)).catch(() => null);
    return { ...withRotation(app, call), authenticationPolicy: policyOf(app), logoUrl: logoOf(app) };
  },

  async update(call) {
    if (call.changed("status")) {
      const step = call.inputs.status === "INACTIVE" ? "deactivate" : "activate";
      await call.api.send("POST", `${one(call)}/lifecycle/${step}`);
      if (!Object.keys(appOAuthProperties).some((name) => name !== "status" && isEdited(call, name))) {
        return AS_PLANNED;
      }
    }
    const answer = await call.api.sendObject("PUT", one(call), replacement(call));
    await assignPolicy(call, call.id);
    return secretIn(answer, call);
  },

  async delete(call) {
    if (call.state.status === "ACTIVE") await call.api.send("POST", `${one(call)}/lifecycle/deactivate`);
    await call.api.send("DELETE", one(call));
  },
};

/** How refresh tokens rotate is reported only where there are some; without, the state keeps what was configured. */
function withRotation(app: JsonObject, call: OktaCall): JsonObject {
  const rotation = call.value("refreshTokenRotation");
  if (typeof rotation !== "string") return app;
  return merged({ settings: { oauthClient: { refresh_token: { rotation_type: rotation } } } }, app);
}

function isEdited(call: OktaCall, name: string): boolean {
  return call.inputs[name] !== undefined && call.changed(name);
}

/** What the official plugin sends whether or not it is configured. */
const CONSTANTS: JsonObject = {
  name: "oidc_client",
  signOnMode: "OPENID_CONNECT",
  accessibility: {},
  settings: { notes: {}, oauthClient: { dpop_bound_access_tokens: false } },
};

function bodyOf(call: OktaCall): JsonObject {
  const type = call.text("type");
  const starting: JsonObject = {
    credentials: { oauthClient: { pkce_required: type === "browser" || type === "native" } },
    ...(type === "service" && {
      settings: { oauthClient: { grant_types: ["client_credentials"], response_types: ["token"] } },
    }),
  };
  return withoutIdleRotation(withActiveKeys(merged(merged(CONSTANTS, starting), call.body())));
}

/** How refresh tokens rotate is said only where there are refresh tokens. */
function withoutIdleRotation(body: JsonObject): JsonObject {
  const client = valueAt(body, "settings.oauthClient");
  const settings = body.settings;
  if (!isObject(client) || !isObject(settings)) return body;
  const grants = client.grant_types;
  if (isArray(grants) && grants.includes("refresh_token")) return body;
  return { ...body, settings: { ...settings, oauthClient: without(client, "refresh_token") } };
}

/** Every given key goes with the status ACTIVE. */
function withActiveKeys(body: JsonObject): JsonObject {
  const keys = objectsAt(valueAt(body, "settings.oauthClient.jwks"), "keys");
  if (keys.length === 0) return body;
  const jwks = { keys: keys.map((key) => ({ ...key, status: "ACTIVE" })) };
  return merged(body, { settings: { oauthClient: { jwks } } });
}

/** An update replaces the whole app, and with it the id and the secret of the client, which must be said again. */
function replacement(call: OktaCall): JsonObject {
  const kept = new JsonBuilder();
  kept.set("credentials.oauthClient.client_id", call.stored("clientId"));
  const secret = call.state.clientSecret;
  kept.set(SECRET, typeof secret === "string" ? secret : "");
  return merged(kept.build(), bodyOf(call));
}

function secretIn(answer: JsonObject, call: OktaCall): PlainProperties {
  const reported = valueAt(answer, SECRET);
  if (call.inputs.omitSecret === true) return { clientSecret: null };
  return typeof reported === "string" ? { clientSecret: reported } : {};
}

async function assignPolicy(call: OktaCall, id: string): Promise<void> {
  if (call.inputs.skipAuthenticationPolicy === true) return;
  const known = call.inputs.authenticationPolicy ?? call.state.authenticationPolicy;
  const policy = typeof known === "string" && known !== "" ? known : await defaultPolicy(call.api);
  await call.api.send("PUT", `${one(call, id)}/policies/${segment(policy)}`);
}

async function defaultPolicy(api: OktaApi): Promise<string> {
  await api.organization();
  const policies = objectsAt(await api.get("/api/v1/policies", { type: "ACCESS_POLICY" }), "");
  const found = policies.filter((policy) => policy.system === true);
  const id = textAt(found[0], "id");
  if (found.length === 1 && id !== undefined) return id;
  throw new Error(`the org has ${String(found.length)} default access policies, and must have exactly one`);
}

function policyOf(app: JsonObject): Json {
  const href = valueAt(app, "_links.accessPolicy.href");
  return typeof href === "string" ? (href.split("/").at(-1) ?? null) : null;
}

function logoOf(app: JsonObject): Json {
  const links = app._links;
  const [logo] = isObject(links) ? objectsAt(links, "logo") : [];
  return textAt(logo, "href") ?? null;
}
