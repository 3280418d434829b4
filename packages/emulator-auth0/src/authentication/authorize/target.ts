import type { Client, Collections } from "../../collections.ts";
import { clientSettings } from "../client-settings.ts";
import type { Transaction } from "../collections.ts";
import { findOrganization } from "../lookups.ts";
import type { Parameters } from "../parameters.ts";
import { isAllowedUrl } from "./allowed-urls.ts";
import { PageError } from "./errors.ts";

/** Who asks for an authorization, and where the answer goes. */
export interface Target {
  readonly client: Client;
  readonly redirectUri: string;
  readonly redirectUriGiven: boolean;
}

const RESPONSE_MODES = ["query", "fragment", "form_post"] as const;

/** How the answer gets to the application; `undefined` for a way that this tenant does not have. */
export function responseMode(parameters: Parameters): Transaction["response_mode"] | undefined {
  const asked = parameters.response_mode ?? "query";
  return RESPONSE_MODES.find((mode) => mode === asked);
}

/**
 * The application that asks, and the callback to answer at: one of its own, or else nobody is sent anywhere.
 * Without one in the request it is the application's first.
 */
export function targetOf(db: Collections, parameters: Parameters): Target {
  const { client_id: clientId, redirect_uri: redirectUri } = parameters;
  if (clientId === undefined) {
    throw new PageError(
      400,
      "Missing required parameter: client_id",
      "The application's link is incomplete.",
    );
  }
  const client = db.clients.get(clientId);
  if (client === undefined || client.global) {
    const hint = "The application that sent you here is not registered in this tenant.";
    throw new PageError(400, `Unknown client: ${clientId}`, hint);
  }
  const { callbacks, organization_usage: usage } = clientSettings(client);
  if (redirectUri === undefined) {
    const [first] = callbacks;
    if (first === undefined) {
      const hint = `Add a callback URL to the application "${client.name}", and name it in the request.`;
      throw new PageError(400, "Missing required parameter: redirect_uri", hint);
    }
    return { client, redirectUri: first, redirectUriGiven: false };
  }
  const organization = usage === "deny" ? undefined : findOrganization(db, parameters.organization ?? "");
  if (!isAllowedUrl(callbacks, redirectUri, organization)) {
    const hint = `The application "${client.name}" sent ${redirectUri}. If that is its own, add it to its callbacks.`;
    const text =
      "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.";
    throw new PageError(403, text, hint);
  }
  return { client, redirectUri, redirectUriGiven: true };
}
