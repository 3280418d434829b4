import { compare, Reply, urlSafe, without } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { OAuthError } from "../../errors.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { findSettings } from "../../management/tenant-settings.ts";
import { authenticateClient } from "../client-authentication.ts";
import { isPublicClient } from "../client-settings.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { digest } from "../secrets.ts";
import { isStrict } from "../third-parties.ts";
import { AuthorizeError, PageError } from "./answer.ts";
import { readRequest } from "./request.ts";
import { targetOf } from "./target.ts";

/** Auth0 docs, "Authorization Code Flow with PAR": how long a request waits for its person, in seconds. */
const LIFETIME = 30;

const PREFIX = "urn:ietf:params:oauth:request_uri:";

/** Whether the tenant takes pushed requests (Auth0 docs, "Configure PAR": a new one does not). */
export function takesPushedRequests(context: Auth0Context): boolean {
  return findSettings(context).pushed_authorization_requests_supported === true;
}

/** Refuses what `/authorize` would refuse, in the manner of this endpoint (RFC 9126, 2.3). */
function validate(context: Auth0Context, call: Call, parameters: Parameters): void {
  try {
    readRequest(context, targetOf(context, parameters), { call, parameters, session: undefined });
  } catch (error) {
    if (error instanceof AuthorizeError) throw new OAuthError(400, error.error, error.message);
    if (error instanceof PageError) throw new OAuthError(400, "invalid_request", error.message);
    throw error;
  }
}

/** Keeps the parameters of a request; gives the name under which a browser brings it. */
function push({ data, clock }: Auth0Context, client: ClientRecord, parameters: Parameters): string {
  const now = clock();
  data.pushedRequests.deleteWhere(compare("expires_at", "<", now));
  const uri = PREFIX + urlSafe(32);
  const kept = Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  data.pushedRequests.insert({
    hash: digest(uri),
    client_id: client.client_id,
    parameters: kept,
    expires_at: now + LIFETIME * 1000,
  });
  return uri;
}

/** The parameters that were pushed for a request, which counts once; `undefined` for a request that names none. */
export function pushedParameters(
  { data, clock }: Auth0Context,
  { client_id: clientId, request_uri: uri }: Parameters,
): Parameters | undefined {
  if (uri?.startsWith(PREFIX) !== true) return undefined;
  const found = data.pushedRequests.get(digest(uri));
  if (found === undefined || found.client_id !== clientId || found.expires_at < clock()) {
    const hint = "Go back to the application and start again.";
    throw new PageError(400, "The request_uri is unknown, used or expired.", hint);
  }
  data.pushedRequests.delete(found.hash);
  return found.parameters;
}

/** Authorization requests that applications send themselves, before the browser comes (RFC 9126). */
export const pushedRequestRoutes = [
  route({
    method: "POST",
    path: "/oauth/par",
    operation: "par",
    access: "public",
    success: 201,
    body: parametersSchema,
    asyncHandler: async ({ body, call }, context) => {
      if (!takesPushedRequests(context)) {
        throw new OAuthError(403, "access_denied", "Pushed Authorization Requests are not enabled.");
      }
      const client = await authenticateClient(context, call, body);
      if (isPublicClient(client)) {
        const text = "Pushed Authorization Requests are not supported for public clients.";
        throw new OAuthError(403, "unauthorized_client", text);
      }
      if (isStrict(client)) {
        const text = "Pushed Authorization Requests are not supported for third-party clients.";
        throw new OAuthError(403, "unauthorized_client", text);
      }
      if (body.request_uri !== undefined) {
        throw new OAuthError(400, "invalid_request", "request_uri is not allowed here");
      }
      const own = without(body, "client_secret", "client_assertion", "client_assertion_type");
      const parameters = { ...own, client_id: client.client_id };
      validate(context, call, parameters);
      const uri = context.transaction(() => push(context, client, parameters));
      return new Reply(201, { request_uri: uri, expires_in: LIFETIME }, { "cache-control": "no-store" });
    },
  }),
];
