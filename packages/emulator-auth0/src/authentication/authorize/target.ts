import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import { clientNamed } from "../client-ids.ts";
import { clientSettings } from "../client-settings.ts";
import { organizationNamed } from "../organizations.ts";
import type { Parameters } from "../parameters.ts";
import type { TransactionRecord } from "../record.ts";
import { isStrict } from "../third-parties.ts";
import { PageError } from "./answer.ts";

/** Who asks for an authorization, and where the answer goes. */
export interface Target {
  readonly client: ClientRecord;
  readonly redirectUri: string;
  readonly redirectUriGiven: boolean;
}

const RESPONSE_MODES = ["query", "fragment", "form_post"] as const;

/** How the answer gets to the application; `undefined` for a way that this tenant does not have. */
export function responseMode(parameters: Parameters): TransactionRecord["response_mode"] | undefined {
  const asked = parameters.response_mode ?? "query";
  return RESPONSE_MODES.find((mode) => mode === asked);
}

/** The page for an application that is not there. */
export function unknownClient(clientId: string): PageError {
  const hint = "The application that sent you here is not registered in this tenant.";
  return new PageError(400, `Unknown client: ${clientId}`, hint);
}

const PLACEHOLDER = "{organization_name}";

/**
 * Whether a URL is one of an application's own: as it is written, or with what a placeholder in the subdomain
 * furthest from the root stands for, `*` for anything and `{organization_name}` for the organization that somebody
 * signs in to (Auth0 docs: subdomain URL placeholders).
 */
export function isAllowedUrl(
  allowed: readonly string[],
  url: string,
  organization?: OrganizationRecord,
): boolean {
  return allowed.some((pattern) => pattern === url || fitsPlaceholder(pattern, url, organization));
}

function fitsPlaceholder(
  pattern: string,
  url: string,
  organization: OrganizationRecord | undefined,
): boolean {
  const [, scheme = "", first = "", rest = ""] =
    /^(https?:\/\/)([^./]+)(\.[^./]+\.[^./].*)$/.exec(pattern) ?? [];
  if (first === PLACEHOLDER) return organization !== undefined && url === scheme + organization.name + rest;
  const [before = "", after, ...more] = first.split("*");
  if (after === undefined || more.length > 0 || rest.includes("*")) return false;
  const [start, end] = [scheme + before, after + rest];
  const middle = url.slice(start.length, url.length - end.length);
  return url.startsWith(start) && url.endsWith(end) && /^[A-Za-z0-9-]+$/.test(middle);
}

/**
 * The application that asks, and the callback to answer at: one of its own, or else nobody is sent anywhere.
 * Without one in the request it is the application's first.
 */
export function targetOf(context: Auth0Context, parameters: Parameters): Target {
  const { client_id: clientId, redirect_uri: redirectUri } = parameters;
  if (clientId === undefined) {
    const text = "Missing required parameter: client_id";
    throw new PageError(400, text, "The application's link is incomplete.");
  }
  const client = clientNamed(context, clientId);
  if (client === undefined || client.global) throw unknownClient(clientId);
  const { callbacks, organization_usage: usage } = clientSettings(client);
  if (redirectUri === undefined) {
    const [first] = callbacks;
    if (first !== undefined) return { client, redirectUri: first, redirectUriGiven: false };
    const hint = `Add a callback URL to the application "${client.name}", and name it in the request.`;
    throw new PageError(400, "Missing required parameter: redirect_uri", hint);
  }
  const named = usage === "deny" ? undefined : parameters.organization;
  const organization = named === undefined ? undefined : organizationNamed(context, named);
  // Placeholders are not for third parties (Auth0 docs, "Security Controls for Third-Party Applications").
  const isOwn = isStrict(client)
    ? callbacks.includes(redirectUri)
    : isAllowedUrl(callbacks, redirectUri, organization);
  if (!isOwn) {
    const text =
      "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.";
    const hint = `The application "${client.name}" sent ${redirectUri}. If that is its own, add it to its callbacks.`;
    throw new PageError(403, text, hint);
  }
  return { client, redirectUri, redirectUriGiven: true };
}
