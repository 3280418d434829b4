import { z } from "zod";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { credentialLinks } from "../render.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { clientKeyBody, isShort, MOST_KEYS, renderClientKey, SHORT_KEY, wrongKids } from "./jwk.ts";
import type { StoredClientKey } from "./jwk.ts";
import type { AppRecord } from "./record.ts";

/** What Okta calls a client's key in its errors. */
const KIND = "JsonWebKey";

const keyParams = appParams.extend({ keyId: z.string() });

function findKey(app: AppRecord, id: string): StoredClientKey {
  const found = app.keys.find((key) => key.id === id);
  if (found === undefined) throw notFound(id, KIND);
  return found;
}

function putKeys({ data, now }: OktaContext, app: AppRecord, keys: readonly StoredClientKey[]): void {
  data.apps.put({ ...app, keys: [...keys], lastUpdated: now() });
}

function requireAnother(app: AppRecord, key: StoredClientKey): void {
  const others = app.keys.filter(({ id, status }) => id !== key.id && status === "ACTIVE");
  if (app.oauthCredentials.token_endpoint_auth_method !== "private_key_jwt" || others.length > 0) return;
  throw validationFailed(
    KIND,
    "Can't deactivate the only active JSON Web Key when the value for ''token_endpoint_auth_method'' is " +
      "''private_key_jwt''.",
  );
}

function requireRoom(app: AppRecord): void {
  if (app.keys.length < MOST_KEYS) return;
  throw validationFailed(
    "OAuth2ClientSecretMediated",
    `You can't create a new key. You have reached the maximum number of keys allowed (${String(MOST_KEYS)}). ` +
      "To add another key, you must first delete an existing one.",
  );
}

function renderKey(origin: string, app: AppRecord, key: StoredClientKey) {
  const path = `/api/v1/apps/${app.id}/credentials/jwks/${key.id}`;
  const { created, lastUpdated, status } = key;
  return { ...renderClientKey(key), created, lastUpdated, _links: credentialLinks(origin, path, status) };
}

const all = "/api/v1/apps/:appId/credentials/jwks";
const one = `${all}/:keyId`;
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200 } as const;

/**
 * A client's public keys (Okta docs, "Application SSO public keys"; the texts of the refusals are from there). They
 * can be set with the application itself too (`settings.oauthClient.jwks`).
 */
export const clientKeyRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "addJwk",
    success: 201,
    params: appParams,
    body: clientKeyBody,
    handler: ({ params, body, call }, context) => {
      const app = findOwnApp(context, params.appId);
      requireRoom(app);
      const wrong = isShort(body) ? SHORT_KEY : wrongKids([...app.keys, body]);
      if (wrong !== undefined) throw validationFailed(KIND, wrong);
      const now = context.now();
      const key: StoredClientKey = { ...body, id: newId("clientKey"), created: now, lastUpdated: now };
      putKeys(context, app, [...app.keys, key]);
      return renderKey(call.origin, app, key);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listJwk",
    params: appParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      return { keys: app.keys.map((key) => renderKey(call.origin, app, key)) };
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getJwk",
    params: keyParams,
    handler: ({ params, call }, context) => {
      const app = findApp(context, params.appId);
      return renderKey(call.origin, app, findKey(app, params.keyId));
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "OAuth2ClientJsonWebKey",
    params: keyParams,
    set: (status, { params, call }, context) => {
      const app = findOwnApp(context, params.appId);
      const key = findKey(app, params.keyId);
      if (status === "INACTIVE") requireAnother(app, key);
      const changed: StoredClientKey = { ...key, status, lastUpdated: context.now() };
      const keys = app.keys.map((each) => (each.id === key.id ? changed : each));
      putKeys(context, app, keys);
      return renderKey(call.origin, app, changed);
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deletejwk",
    success: 204,
    params: keyParams,
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      const key = findKey(app, params.keyId);
      if (key.status === "ACTIVE") {
        const cause = "You can't delete an active JSON Web key. Deactivate the key before deleting it.";
        throw validationFailed(KIND, cause);
      }
      const keys = app.keys.filter(({ id }) => id !== key.id);
      putKeys(context, app, keys);
    },
  }),
];
