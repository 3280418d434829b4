import { eq, sameText } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { AuthMethod } from "../apps/oauth-client.ts";
import type { AppRecord } from "../apps/record.ts";
import { activeSecrets } from "../apps/secrets.ts";
import type { OktaContext } from "../context.ts";
import { assertedClient } from "./client-assertion.ts";
import { invalidClient, OAuthError } from "./errors.ts";
import type { Parameters } from "./parameters.ts";

/** What a request to an OAuth endpoint says of its client. */
interface ClientRequest {
  readonly call: Call;
  readonly parameters: Parameters;
  /** The whole address of the endpoint, which an assertion must name as its audience. */
  readonly endpoint: string;
}

/**
 * The client that a request comes from, by exactly one way of proving it (Okta docs, "Client authentication
 * methods"): HTTP Basic, secret in the body, an assertion that it signed, or nothing for a public client.
 * The way must be the application's `token_endpoint_auth_method`. Throws when the client does not prove itself.
 */
export async function authenticateClient(context: OktaContext, request: ClientRequest): Promise<AppRecord> {
  const { authorization } = request.call.headers;
  const { client_id, client_secret, client_assertion, client_assertion_type } = request.parameters;
  const header = authorization !== undefined && authorization !== "";
  const assertion = client_assertion !== undefined || client_assertion_type !== undefined;
  if ([header, client_secret !== undefined, assertion].filter(Boolean).length > 1) {
    throw new OAuthError(
      401,
      "invalid_request",
      "Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization " +
        "header, credentials in the post body, or a client_assertion in the post body.",
    );
  }
  if (assertion) return assertedClient(context, request);
  if (header) return byHeader(context, authorization, client_id);
  if (client_id === undefined) throw invalidClient("No client credentials found.");
  const client = activeClient(context, client_id);
  if (client_secret === undefined) return requireMethod(client, "none");
  return requireSecret(context, requireMethod(client, "client_secret_post"), [client_secret]);
}

/** The client with this id. Throws when there is none or when it is deactivated. */
function activeClient({ data }: OktaContext, clientId: string): AppRecord {
  const client = data.apps.first(eq("clientId", clientId));
  if (client === undefined) throw invalidClient("Invalid value for 'client_id' parameter.");
  if (client.status !== "ACTIVE") throw invalidClient();
  return client;
}

/** The client, if this is how it authenticates. */
function requireMethod(client: AppRecord, method: AuthMethod): AppRecord {
  if (client.oauthCredentials.token_endpoint_auth_method !== method) throw invalidClient();
  return client;
}

function byHeader(context: OktaContext, authorization: string, clientId: string | undefined): AppRecord {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(authorization)?.[1];
  const pair = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString();
  const colon = pair.indexOf(":");
  if (colon < 1) throw invalidClient("Found Authentication header but was not valid client credentials.");
  const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  if (clientId !== undefined && clientId !== id && clientId !== formDecoded(id)) throw invalidClient();
  // RFC 6749, 2.3.1 has both halves form-encoded; many clients send them as they are.
  const known = context.data.apps.first(eq("clientId", id)) === undefined ? formDecoded(id) : id;
  const client = requireMethod(activeClient(context, known), "client_secret_basic");
  return requireSecret(context, client, [secret, formDecoded(secret)]);
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** The client, if one of the readings of what it sent is one of its active secrets. */
function requireSecret(context: OktaContext, client: AppRecord, readings: readonly string[]): AppRecord {
  const secrets = activeSecrets(context, client.id);
  if (!secrets.some(({ client_secret }) => readings.some((secret) => sameText(secret, client_secret)))) {
    throw invalidClient("The client secret supplied for a confidential client is invalid.");
  }
  return client;
}
