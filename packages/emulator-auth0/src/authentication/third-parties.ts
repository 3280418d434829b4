import { z } from "zod";
import type { ClientRecord } from "../management/clients/record.ts";
import type { OrganizationRecord } from "../management/organizations/record.ts";
import type { Parameters } from "./parameters.ts";

/**
 * Whether an application is a third party's with the enhanced security controls, which all are but those that somebody
 * made as `permissive` (Auth0 docs, "Security Controls for Third-Party Applications").
 */
export function isStrict(client: ClientRecord): boolean {
  return !client.is_first_party && client.third_party_security_mode !== "permissive";
}

/** What such an application may say at `/authorize` (there); `organization` is documented elsewhere. */
const PARAMETERS = new Set(
  `acr_values audience authorization_details client_id code_challenge code_challenge_method connection correlation_id
  display dpop_jkt login_hint max_age nonce organization prompt redirect_uri resource response_mode response_type scope
  state ui_locales`.split(/\s+/),
);

/** The parameters of a request that such an application may not send. */
export function unsupportedParameters(parameters: Parameters): string[] {
  return Object.keys(parameters).filter((name) => !PARAMETERS.has(name) && !name.startsWith("ext-"));
}

/**
 * Whether people may sign in to an organization with an application: with a third party's where the organization lets
 * them (Auth0 docs, "Enable Third-Party Application Access for an Organization"), with a permissive one's never.
 */
export function mayEnter(client: ClientRecord, organization: OrganizationRecord): boolean {
  return client.is_first_party || (isStrict(client) && organization.third_party_client_access === "allow");
}

const policySchema = z.enum(["open_redirect_protection", "allow_always"]).optional().catch(undefined);

/** Whether the person, and not the application, is told what went wrong (Auth0 docs, "Redirect protection"). */
export function keepsErrors(client: ClientRecord): boolean {
  const policy = policySchema.parse(client.redirection_policy);
  return policy === undefined ? isStrict(client) : policy === "open_redirect_protection";
}

/**
 * Whether an answer may reach another application than the one that asked: its callback is on the person's own machine, or
 * has a scheme that any application can claim (Auth0 docs, "Measures Against Application Impersonation").
 */
export function isNonVerifiable(callback: string): boolean {
  // The Management API keeps callbacks as they are given.
  const { protocol = "", hostname = "" } = URL.parse(callback) ?? {};
  if (protocol !== "https:" && protocol !== "http:") return true;
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
