import { and, anyOf, eq } from "@ai-api-access/emulator-core";
import type { AppRecord } from "../apps/record.ts";
import type { ServerRecord } from "../authorization-servers/record.ts";
import type { OktaContext } from "../context.ts";
import { decidingRule } from "./access-policy.ts";
import { signAccessToken } from "./access-token.ts";
import { isApiScope } from "./api-scopes.ts";
import { invalidClient, invalidScope, OAuthError } from "./errors.ts";
import type { Issuer } from "./issuer.ts";

/** The scopes and the lifetime of a token. */
interface Granted {
  readonly scopes: readonly string[];
  /** In seconds. */
  readonly lifetime: number;
}

/** Okta docs, "Token lifetime": not to be changed for tokens of the org itself. */
const ORG_LIFETIME = 3600;

/** Okta docs, "Scope values": the longest `scope` parameter, in characters. */
const LONGEST_SCOPE = 1024;

/** The scopes of OpenID Connect, which are about a person. */
const OPENID_SCOPES = "openid profile email address phone offline_access groups device_sso".split(" ");

/** What a client asks for. */
interface Asked {
  readonly client: AppRecord;
  readonly scope: string | undefined;
  /** Thumbprint of the key that the token is to be bound to. */
  readonly jkt: string | undefined;
}

/** The body of the answer to a `client_credentials` grant: a token for a client itself (Okta docs, "Request a token"). */
export async function clientCredentials(context: OktaContext, issuer: Issuer, { client, scope, jkt }: Asked) {
  const asked = scopesOf(scope);
  const { server } = issuer;
  const { scopes, lifetime } =
    server === undefined ? fromOrg(context, client, asked) : fromServer(context, server, client, asked);
  return {
    token_type: jkt === undefined ? "Bearer" : "DPoP",
    expires_in: lifetime,
    access_token: await signAccessToken(context, issuer, { client, scopes, lifetime, jkt }),
    scope: scopes.join(" "),
  };
}

function scopesOf(parameter = ""): string[] {
  if (parameter.length > LONGEST_SCOPE) {
    throw invalidScope(
      "The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.",
    );
  }
  return [...new Set(parameter.split(" ").filter((scope) => scope !== ""))];
}

function noDefaultScopes(): OAuthError {
  return invalidScope(
    "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
  );
}

function notConfigured(): OAuthError {
  return invalidScope("One or more scopes are not configured for the authorization server resource.");
}

function requireNoOpenid(scopes: readonly string[]): void {
  if (scopes.some((scope) => OPENID_SCOPES.includes(scope))) {
    throw invalidScope("Cannot request 'openid' scopes using client credentials.");
  }
}

/** From an authorization server: scopes that it has, that need no consent, and that a rule allows. */
function fromServer(
  context: OktaContext,
  server: ServerRecord,
  client: AppRecord,
  asked: readonly string[],
): Granted {
  const own = eq<"serverId" | "name">("serverId", server.id);
  requireNoOpenid(asked);
  const records =
    asked.length === 0
      ? context.data.scopes.find(own).filter((scope) => scope.default)
      : context.data.scopes.find(and(own, anyOf("name", asked)));
  if (records.length < asked.length) throw notConfigured();
  const scopes = asked.length === 0 ? records.map(({ name }) => name) : asked;
  if (scopes.length === 0) throw noDefaultScopes();
  const rule = decidingRule(context, server, {
    clientId: client.oauthCredentials.client_id,
    grantType: "client_credentials",
    scopes,
  });
  if (rule === undefined) {
    throw new OAuthError(
      401,
      "access_denied",
      "Policy evaluation failed for this request, please check the policy configurations.",
    );
  }
  const forPeople = records.filter(({ consent }) => consent === "REQUIRED").map(({ name }) => name);
  if (forPeople.length > 0) {
    throw new OAuthError(
      400,
      "consent_required",
      "The following scopes require user consent and cannot be granted for the client credentials grant type: " +
        `[${forPeople.join(", ")}].`,
    );
  }
  return { scopes, lifetime: rule.token.accessTokenLifetimeMinutes * 60 };
}

/**
 * From the org: scopes of Okta's own API, for service applications that sign their requests. Of the scopes
 * asked for the client gets those that were granted to the application, and is refused when none was.
 */
function fromOrg({ data }: OktaContext, client: AppRecord, asked: readonly string[]): Granted {
  if (client.oauthClient.application_type !== "service") {
    throw invalidClient(
      "Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the " +
        "Org Authorization Server.",
    );
  }
  if (client.oauthCredentials.token_endpoint_auth_method !== "private_key_jwt") {
    throw invalidClient(
      "Client Credentials requests to the Org Authorization Server must use the private_key_jwt " +
        "token_endpoint_auth_method.",
    );
  }
  requireNoOpenid(asked);
  if (asked.length === 0) throw noDefaultScopes();
  if (asked.some((scope) => scope.endsWith(".self"))) {
    throw new OAuthError(
      400,
      "client_credentials_self_scope_requested",
      "The 'client_credentials' grant type may not request .self scopes.",
    );
  }
  if (!asked.every(isApiScope)) throw notConfigured();
  const granted = data.grants.find(and(eq("appId", client.id), anyOf("scopeId", asked)));
  const scopes = asked.filter((scope) => granted.some(({ scopeId }) => scopeId === scope));
  if (scopes.length === 0) {
    throw new OAuthError(400, "consent_required", "You are not allowed any of the requested scopes.");
  }
  return { scopes, lifetime: ORG_LIFETIME };
}
