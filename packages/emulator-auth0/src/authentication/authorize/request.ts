import { eq } from "@ai-api-access/emulator-core";
import { storedIdentifier } from "../../audience.ts";
import type { Client, Collections, Organization, ResourceServer } from "../../collections.ts";
import { clientSettings } from "../client-settings.ts";
import type { Session, Transaction } from "../collections.ts";
import { defaultAudience, findOrganization } from "../lookups.ts";
import { words } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { usesOrganizationNames } from "../tokens/access-token.ts";
import { mayDelegate } from "../tokens/scopes.ts";
import { AuthorizeError } from "./errors.ts";
import { responseMode } from "./target.ts";
import type { Target } from "./target.ts";

/** What a request asks for, checked, before it belongs to a browser. */
export type AuthorizationRequest = Omit<Transaction, "id" | "browser_id" | "expires_at">;

function invalid(description: string): AuthorizeError {
  return new AuthorizeError("invalid_request", description);
}

/** When and where a request comes, and who is signed in there. */
export interface Circumstances {
  readonly origin: string;
  readonly now: number;
  readonly session: Session | undefined;
}

/**
 * Checks an authorization request whose application and callback are good. What is wrong goes back to the
 * application as an {@link AuthorizeError}.
 */
export function readRequest(
  db: Collections,
  circumstances: Circumstances,
  { client, redirectUri, redirectUriGiven }: Target,
  parameters: Parameters,
): AuthorizationRequest {
  checkResponse(client, parameters);
  const challenge = codeChallenge(parameters);
  const api = apiOf(db, circumstances.origin, client, parameters.audience ?? defaultAudience(db));
  const organization = organizationOf(db, client, parameters.organization);
  const { state, nonce, connection, login_hint: hint } = parameters;
  return {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    redirect_uri_given: redirectUriGiven,
    response_mode: responseMode(parameters) ?? "query",
    scope: words(parameters.scope),
    personal: false,
    screen: parameters.screen_hint === "signup" ? "signup" : "login",
    ...sessionDemand(parameters, circumstances),
    ...(state === undefined ? {} : { state }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(connection === undefined ? {} : { connection }),
    ...(hint === undefined ? {} : { login_hint: hint }),
    ...(challenge === undefined ? {} : { code_challenge: challenge }),
    ...(api === undefined ? {} : { audience: api.identifier }),
    ...(organization === undefined ? {} : { organization_id: organization.id }),
  };
}

function checkResponse(client: Client, parameters: Parameters): void {
  const { response_type: type } = parameters;
  if (type === undefined) throw invalid("Missing required parameter: response_type");
  if (type !== "code") {
    throw new AuthorizeError("unsupported_response_type", `Unsupported response type: ${type}`);
  }
  if (!client.grant_types.includes("authorization_code")) {
    const text = "Grant type 'authorization_code' not allowed for the client.";
    throw new AuthorizeError("unauthorized_client", text);
  }
  if (parameters.request !== undefined || parameters.request_uri !== undefined) {
    const error = parameters.request === undefined ? "request_uri_not_supported" : "request_not_supported";
    throw new AuthorizeError(error, "Request objects are not supported");
  }
  if (responseMode(parameters) === undefined) {
    throw invalid(`Unsupported response mode: ${parameters.response_mode ?? ""}`);
  }
  // Somebody else's application has to be let in by the person, and there is no page for that here.
  if (!client.is_first_party) throw new AuthorizeError("consent_required", "Consent required");
}

/** Auth0 docs, Authentication API, authorize with PKCE: S256 is the only method. */
function codeChallenge(parameters: Parameters): string | undefined {
  const { code_challenge: challenge, code_challenge_method: method = "plain" } = parameters;
  if (challenge === undefined) return undefined;
  if (method !== "S256") throw invalid(`Unsupported code_challenge_method: ${method}`);
  return challenge;
}

function apiOf(
  db: Collections,
  origin: string,
  client: Client,
  audience: string | undefined,
): ResourceServer | undefined {
  if (audience === undefined || audience === `${origin}/userinfo`) return undefined;
  const api = db.resourceServers.first(eq("identifier", storedIdentifier(origin, audience)));
  if (api === undefined) throw new AuthorizeError("access_denied", `Service not found: ${audience}`);
  if (!mayDelegate(db, client, api)) {
    throw invalid(`Client "${client.client_id}" is not authorized to access resource server "${audience}".`);
  }
  return api;
}

/**
 * The organization that the request names, where the application may have one (Auth0 docs: define organization
 * behavior). Whether one is still to be asked for is decided later.
 */
function organizationOf(
  db: Collections,
  client: Client,
  asked: string | undefined,
): Organization | undefined {
  const settings = clientSettings(client);
  if (asked === undefined) {
    if (settings.organization_usage === "require" && settings.organization_require_behavior === "no_prompt") {
      throw invalid("parameter organization is required for this client");
    }
    return undefined;
  }
  if (settings.organization_usage === "deny") {
    throw invalid("parameter organization is not allowed for this client");
  }
  if (!asked.startsWith("org_") && !usesOrganizationNames(db)) {
    throw invalid("authorization request parameter organization must be an organization id");
  }
  const organization = findOrganization(db, asked);
  if (organization === undefined) throw invalid(`parameter organization is invalid: ${asked}`);
  return organization;
}

/** Which sessions do not do (OpenID Connect Core, 3.1.2.1: `prompt` and `max_age`). */
function sessionDemand(
  parameters: Parameters,
  { now, session }: Circumstances,
): Pick<Transaction, "session_since" | "stale_session_id" | "with_auth_time"> {
  const prompts = words(parameters.prompt);
  if (prompts.includes("none") && prompts.length > 1) {
    throw invalid("prompt=none cannot go with another prompt");
  }
  const { max_age: maxAge } = parameters;
  const seconds = Number(maxAge ?? 0);
  if (!Number.isInteger(seconds) || seconds < 0) throw invalid("max_age must be a number of seconds");
  const anew = prompts.includes("login") || prompts.includes("select_account") || maxAge === "0";
  return {
    with_auth_time: maxAge !== undefined,
    ...(maxAge === undefined ? {} : { session_since: now - seconds * 1000 }),
    ...(anew && session !== undefined ? { stale_session_id: session.id } : {}),
  };
}
