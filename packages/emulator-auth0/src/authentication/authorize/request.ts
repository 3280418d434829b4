import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import { compact } from "../../objects.ts";
import { apiNamed, audienceOf, mayDelegate, notGranted } from "../apis.ts";
import { clientSettings } from "../client-settings.ts";
import { organizationNamed, usesOrganizationNames } from "../organizations.ts";
import { words } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { isStrict, mayEnter, unsupportedParameters } from "../third-parties.ts";
import { AuthorizeError, invalidRequest } from "./answer.ts";
import { invitationDemand } from "./invitations.ts";
import { responseMode } from "./target.ts";
import type { Target } from "./target.ts";

/** What a request asks for, checked, before it belongs to a browser. */
export type AuthorizationRequest = Omit<TransactionRecord, "id" | "browser_id" | "expires_at">;

/** An authorization request as it comes, and who is signed in where it comes from. */
interface Asked {
  readonly call: Call;
  readonly parameters: Parameters;
  readonly session: SessionRecord | undefined;
}

/**
 * Checks an authorization request whose application and callback are good. What is wrong goes back to the
 * application as an {@link AuthorizeError}.
 */
export function readRequest(
  context: Auth0Context,
  { client, redirectUri, redirectUriGiven }: Target,
  { call, parameters, session }: Asked,
): AuthorizationRequest {
  requireStrictness(client, parameters);
  validateResponse(client, parameters);
  const challenge = codeChallenge(parameters);
  const api = apiFor(context, call.origin, client, audienceOf(context, parameters));
  const organization = organizationFor(context, client, parameters.organization);
  const { state, nonce, connection, login_hint } = parameters;
  return {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    redirect_uri_given: redirectUriGiven,
    response_mode: responseMode(parameters) ?? "query",
    scope: words(parameters.scope),
    personal: false,
    screen: parameters.screen_hint === "signup" ? "signup" : "login",
    ...sessionDemand(context, parameters, session),
    ...compact({ state, nonce, connection, login_hint, code_challenge: challenge }),
    ...compact({ audience: api?.identifier, organization_id: organization?.id }),
    ...invitationDemand(context, client, organization, parameters.invitation),
  };
}

function validateResponse(client: ClientRecord, parameters: Parameters): void {
  const { response_type: type } = parameters;
  if (type === undefined) throw invalidRequest("Missing required parameter: response_type");
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
    throw invalidRequest(`Unsupported response mode: ${parameters.response_mode ?? ""}`);
  }
}

/** Auth0 docs, "Security Controls for Third-Party Applications". */
function requireStrictness(client: ClientRecord, parameters: Parameters): void {
  if (!isStrict(client)) return;
  const [unsupported] = unsupportedParameters(parameters);
  if (unsupported !== undefined) {
    throw invalidRequest(`Parameter ${unsupported} is not supported for third-party clients`);
  }
  if (parameters.code_challenge === undefined) {
    throw invalidRequest("PKCE is required for third-party clients: code_challenge is missing");
  }
}

/** Auth0 docs, Authentication API, authorize with PKCE: S256 is the only method. */
function codeChallenge(parameters: Parameters): string | undefined {
  const { code_challenge: challenge, code_challenge_method: method = "plain" } = parameters;
  if (challenge === undefined) return undefined;
  if (method !== "S256") throw invalidRequest(`Unsupported code_challenge_method: ${method}`);
  return challenge;
}

/** Auth0 support, "MCP Audience Error with Auth0". */
const NO_API =
  "The userinfo audience is not allowed for third party clients. Please specify a valid API audience.";

function apiFor(
  context: Auth0Context,
  origin: string,
  client: ClientRecord,
  audience: string | undefined,
): ResourceServerRecord | undefined {
  if (audience === undefined || audience === `${origin}/userinfo`) {
    if (isStrict(client)) throw invalidRequest(NO_API);
    return undefined;
  }
  const api = apiNamed(context, origin, audience);
  if (api === undefined) throw new AuthorizeError("access_denied", `Service not found: ${audience}`);
  if (!mayDelegate(context, client, api)) {
    const error = isStrict(client) ? "unauthorized_client" : "invalid_request";
    throw new AuthorizeError(error, notGranted(client, audience));
  }
  return api;
}

/**
 * The organization that the request names, where the application may have one (Auth0 docs: define organization
 * behavior). Whether one is still to be asked for is decided later.
 */
function organizationFor(
  context: Auth0Context,
  client: ClientRecord,
  asked: string | undefined,
): OrganizationRecord | undefined {
  const { organization_usage: usage, organization_require_behavior: behavior } = clientSettings(client);
  if (asked === undefined) {
    if (usage === "require" && behavior === "no_prompt") {
      throw invalidRequest("parameter organization is required for this client");
    }
    return undefined;
  }
  if (usage === "deny") throw invalidRequest("parameter organization is not allowed for this client");
  if (!asked.startsWith("org_") && !usesOrganizationNames(context)) {
    throw invalidRequest("authorization request parameter organization must be an organization id");
  }
  const organization = organizationNamed(context, asked);
  if (organization === undefined || !mayEnter(client, organization)) {
    throw invalidRequest(`parameter organization is invalid: ${asked}`);
  }
  return organization;
}

/** Which sessions do not do (OpenID Connect Core, 3.1.2.1: `prompt` and `max_age`). */
function sessionDemand(
  { clock }: Auth0Context,
  parameters: Parameters,
  session: SessionRecord | undefined,
): Pick<TransactionRecord, "session_since" | "stale_session_id" | "with_auth_time" | "ask_again"> {
  const prompts = words(parameters.prompt);
  if (prompts.includes("none") && prompts.length > 1) {
    throw invalidRequest("prompt=none cannot go with another prompt");
  }
  const { max_age: maxAge } = parameters;
  const seconds = Number(maxAge ?? 0);
  if (!Number.isInteger(seconds) || seconds < 0) throw invalidRequest("max_age must be a number of seconds");
  const again = prompts.includes("login") || prompts.includes("select_account") || maxAge === "0";
  return {
    with_auth_time: maxAge !== undefined,
    ask_again: prompts.includes("consent"),
    ...compact({
      session_since: maxAge === undefined ? undefined : clock() - seconds * 1000,
      stale_session_id: again ? session?.id : undefined,
    }),
  };
}
