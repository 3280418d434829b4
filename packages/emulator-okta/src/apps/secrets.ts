import { createHash } from "node:crypto";
import { z } from "zod";
import { eq, urlSafe } from "@ai-api-access/emulator-core";
import { status, withDefault } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { credentialLinks } from "../render.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { usesSecret, wrongSecret } from "./oauth-client.ts";
import type { AppRecord, SecretRecord } from "./record.ts";

/** Okta docs, "Application SSO credential OAuth 2.0 client": at most two secrets a client. */
const MOST_SECRETS = 2;

/** What Okta calls a client secret in its errors. */
const KIND = "OAuth2ClientSecretMediated";

const secretParams = appParams.extend({ secretId: z.string() });

/** A client's secrets, oldest first. */
function secretsOf({ data }: OktaContext, appId: string): SecretRecord[] {
  return data.clientSecrets.find(eq("appId", appId));
}

/** The secrets with which a client can authenticate, oldest first. */
export function activeSecrets(context: OktaContext, appId: string): SecretRecord[] {
  return secretsOf(context, appId).filter(({ status }) => status === "ACTIVE");
}

function findSecret({ data }: OktaContext, app: AppRecord, id: string): SecretRecord {
  const found = data.clientSecrets.get(id);
  if (found?.appId !== app.id) throw notFound(id, KIND);
  return found;
}

function addSecret(
  { data, now }: OktaContext,
  appId: string,
  secret: string | undefined,
  status: SecretRecord["status"] = "ACTIVE",
): SecretRecord {
  const time = now();
  const record = { id: newId("clientSecret"), appId, created: time, lastUpdated: time, status };
  return data.clientSecrets.insert({ ...record, client_secret: secret ?? urlSafe(64) });
}

/**
 * Gives an application that was created or replaced the secret that its way of authentication needs, or none, and
 * returns the secret to show in the answer.
 * @param wanted the secret in the request; without one a client keeps its own, or gets a new one
 */
export function putSecret(
  context: OktaContext,
  app: AppRecord,
  wanted: string | undefined,
): string | undefined {
  if (!usesSecret(app.oauthCredentials.token_endpoint_auth_method)) {
    context.data.clientSecrets.deleteWhere(eq("appId", app.id));
    return undefined;
  }
  const active = activeSecrets(context, app.id);
  const [first] = active;
  if (first === undefined) return addSecret(context, app.id, wanted).client_secret;
  if (wanted === undefined) return first.client_secret;
  if (!active.some(({ client_secret }) => client_secret === wanted)) {
    context.data.clientSecrets.put({ ...first, client_secret: wanted, lastUpdated: context.now() });
  }
  return wanted;
}

function requireRoom(context: OktaContext, app: AppRecord): void {
  const { token_endpoint_auth_method: method } = app.oauthCredentials;
  if (!usesSecret(method)) {
    const cause = `'client_secret' cannot be used when 'token_endpoint_auth_method' is '${method}'.`;
    throw validationFailed(KIND, cause);
  }
  if (secretsOf(context, app.id).length >= MOST_SECRETS) {
    throw validationFailed(KIND, "You have reached the maximum number of client secrets per client.");
  }
}

function renderSecret(origin: string, { appId, ...secret }: SecretRecord) {
  const path = `/api/v1/apps/${appId}/credentials/secrets/${secret.id}`;
  return {
    ...secret,
    // Okta does not say how it makes this; it distinguishes two secrets.
    secret_hash: createHash("sha256").update(secret.client_secret).digest("base64url").slice(0, 22),
    _links: credentialLinks(origin, path, secret.status),
  };
}

const all = "/api/v1/apps/:appId/credentials/secrets";
const one = `${all}/:secretId`;
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200 } as const;

/** Client secrets (Okta docs, "Application SSO credential OAuth 2.0 client", "Secrets"). */
export const secretRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createOAuth2ClientSecret",
    success: 201,
    params: appParams,
    body: z.object({ client_secret: z.string().nullish(), status: withDefault(status, "ACTIVE") }).optional(),
    handler: ({ params, body, call }, context) => {
      const app = findOwnApp(context, params.appId);
      requireRoom(context, app);
      const wanted = body?.client_secret ?? undefined;
      const wrong = wrongSecret(wanted, app.oauthCredentials.token_endpoint_auth_method);
      if (wrong !== undefined) throw validationFailed("client_secret", `client_secret: ${wrong}`);
      return renderSecret(call.origin, addSecret(context, app.id, wanted, body?.status));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listOAuth2ClientSecrets",
    params: appParams,
    handler: ({ params, call }, context) => {
      const secrets = secretsOf(context, findApp(context, params.appId).id);
      return secrets.map((secret) => renderSecret(call.origin, secret));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getOAuth2ClientSecret",
    params: secretParams,
    handler: ({ params, call }, context) =>
      renderSecret(call.origin, findSecret(context, findApp(context, params.appId), params.secretId)),
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "OAuth2ClientSecret",
    params: secretParams,
    set: (status, { params, call }, context) => {
      const app = findOwnApp(context, params.appId);
      const secret = findSecret(context, app, params.secretId);
      const others = activeSecrets(context, app.id).filter(({ id }) => id !== secret.id);
      if (status === "INACTIVE" && others.length === 0) {
        throw validationFailed(KIND, "You can't deactivate the only active client secret.");
      }
      const changed = context.data.clientSecrets.put({ ...secret, status, lastUpdated: context.now() });
      return renderSecret(call.origin, changed);
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteOAuth2ClientSecret",
    success: 204,
    params: secretParams,
    handler: ({ params }, context) => {
      const secret = findSecret(context, findOwnApp(context, params.appId), params.secretId);
      if (secret.status === "ACTIVE") {
        const cause = "You can't delete an active client secret. Deactivate the secret before deleting it.";
        throw validationFailed(KIND, cause);
      }
      context.data.clientSecrets.delete(secret.id);
    },
  }),
];
