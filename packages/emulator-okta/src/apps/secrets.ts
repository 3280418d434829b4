import { createHash } from "node:crypto";
import { z } from "zod";
import { urlSafe } from "@ai-api-access/emulator-core/ids.ts";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { usesSecret, wrongSecret } from "./oauth-client.ts";
import type { AppRecord, SecretRecord } from "./record.ts";

/** Okta docs, "Application SSO credential OAuth 2.0 client": at most two secrets a client. */
const MOST_SECRETS = 2;

/** What Okta calls a client secret in its errors. */
const KIND = "OAuth2ClientSecretMediated";

/** A client's secrets, oldest first. */
export function secretsOf({ data }: OktaContext, appId: string): SecretRecord[] {
  return data.clientSecrets.find(eq("appId", appId));
}

function addSecret(
  { data, now }: OktaContext,
  appId: string,
  secret: string | undefined,
  status: SecretRecord["status"] = "ACTIVE",
): SecretRecord {
  return data.clientSecrets.insert({
    id: newId("clientSecret"),
    appId,
    created: now(),
    lastUpdated: now(),
    status,
    client_secret: secret ?? urlSafe(64),
  });
}

/**
 * Brings an application's secrets in line with how it authenticates, after it was created or replaced, and
 * gives the secret to show in the answer. A client without secret-based authentication has none at all.
 * @param wanted the secret in the request; without one a client keeps its own, or gets one made
 */
export function settleSecret(
  context: OktaContext,
  app: AppRecord,
  wanted: string | undefined,
): string | undefined {
  if (!usesSecret(app.oauthCredentials.token_endpoint_auth_method)) {
    context.data.clientSecrets.deleteWhere(eq("appId", app.id));
    return undefined;
  }
  const active = secretsOf(context, app.id).filter(({ status }) => status === "ACTIVE");
  const [first] = active;
  if (first === undefined) return addSecret(context, app.id, wanted).client_secret;
  if (wanted === undefined) return first.client_secret;
  if (active.some(({ client_secret }) => client_secret === wanted)) return wanted;
  return context.data.clientSecrets.put({ ...first, client_secret: wanted, lastUpdated: context.now() })
    .client_secret;
}

function renderSecret(origin: string, secret: SecretRecord) {
  const path = `/api/v1/apps/${secret.appId}/credentials/secrets/${secret.id}`;
  const links =
    secret.status === "ACTIVE"
      ? { deactivate: link(origin, `${path}/lifecycle/deactivate`, "POST") }
      : {
          activate: link(origin, `${path}/lifecycle/activate`, "POST"),
          delete: link(origin, path, "DELETE"),
        };
  return {
    id: secret.id,
    created: secret.created,
    lastUpdated: secret.lastUpdated,
    status: secret.status,
    client_secret: secret.client_secret,
    // Okta does not say how it makes this; it tells two secrets apart.
    secret_hash: createHash("sha256").update(secret.client_secret).digest("base64url").slice(0, 22),
    _links: links,
  };
}

function findSecret({ data }: OktaContext, app: AppRecord, id: string): SecretRecord {
  const found = data.clientSecrets.get(id);
  if (found?.appId !== app.id) throw notFound(id, KIND);
  return found;
}

function requireRoom(context: OktaContext, app: AppRecord): void {
  const { token_endpoint_auth_method: method } = app.oauthCredentials;
  if (!usesSecret(method)) {
    throw validationFailed(
      KIND,
      `'client_secret' cannot be used when 'token_endpoint_auth_method' is '${method}'.`,
    );
  }
  if (secretsOf(context, app.id).length >= MOST_SECRETS) {
    throw validationFailed(KIND, "You have reached the maximum number of client secrets per client.");
  }
}

const all = "/api/v1/apps/:appId/credentials/secrets";
const one = `${all}/:secretId`;
const secretParams = appParams.extend({ secretId: z.string() });
const manage = { access: ["okta.apps.manage"] } as const;

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}OAuth2ClientSecret`,
    success: 200,
    params: secretParams,
    handler: ({ params, call }, context) => {
      const app = findOwnApp(context, params.appId);
      const secret = findSecret(context, app, params.secretId);
      const others = secretsOf(context, app.id).filter(
        ({ id, status }) => id !== secret.id && status === "ACTIVE",
      );
      if (turn === "deactivate" && others.length === 0) {
        throw validationFailed(KIND, "You can't deactivate the only active client secret.");
      }
      const status = turn === "activate" ? "ACTIVE" : "INACTIVE";
      const changed = context.data.clientSecrets.put({ ...secret, status, lastUpdated: context.now() });
      return renderSecret(call.origin, changed);
    },
  }),
);

/** Client secrets (Okta docs, "Application SSO credential OAuth 2.0 client", "Secrets"). */
export const secretRoutes = [
  route({
    method: "GET",
    path: all,
    operation: "listOAuth2ClientSecrets",
    access: ["okta.apps.read"],
    success: 200,
    params: appParams,
    handler: ({ params, call }, context) =>
      secretsOf(context, findApp(context, params.appId).id).map((secret) =>
        renderSecret(call.origin, secret),
      ),
  }),
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createOAuth2ClientSecret",
    success: 201,
    params: appParams,
    body: z
      .object({
        client_secret: z.string().nullish(),
        status: z
          .enum(["ACTIVE", "INACTIVE"])
          .nullish()
          .transform((value) => value ?? "ACTIVE"),
      })
      .optional(),
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
    method: "GET",
    path: one,
    operation: "getOAuth2ClientSecret",
    access: ["okta.apps.read"],
    success: 200,
    params: secretParams,
    handler: ({ params, call }, context) =>
      renderSecret(call.origin, findSecret(context, findApp(context, params.appId), params.secretId)),
  }),
  ...lifecycleRoutes,
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
        throw validationFailed(
          KIND,
          "You can't delete an active client secret. Deactivate the secret before deleting it.",
        );
      }
      context.data.clientSecrets.delete(secret.id);
    },
  }),
];
