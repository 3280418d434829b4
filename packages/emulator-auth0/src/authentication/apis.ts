import { eq } from "@ai-api-access/emulator-core";
import { matching } from "../collections.ts";
import type { Auth0Context } from "../context.ts";
import type { ClientRecord } from "../management/clients/record.ts";
import type { ClientGrantRecord } from "../management/record.ts";
import { MANAGEMENT_API, storedIdentifier } from "../management/resource-servers/identifier.ts";
import type { ResourceServerRecord } from "../management/resource-servers/record.ts";
import { findSettings } from "../management/tenant-settings.ts";
import { publicId } from "./client-ids.ts";
import type { Parameters } from "./parameters.ts";
import { isStrict } from "./third-parties.ts";

/** The tenant's default audience, for requests that name none. */
function defaultAudience(context: Auth0Context): string | undefined {
  const { default_audience: audience } = findSettings(context);
  return typeof audience === "string" && audience !== "" ? audience : undefined;
}

/** Whether the tenant takes `resource` (RFC 8707) for the audience; a new one does not. */
export function takesResource(context: Auth0Context): boolean {
  return findSettings(context).resource_parameter_profile === "compatibility";
}

/**
 * The audience of a request: its `audience`, where it has none perhaps its `resource`, where it has neither the tenant's
 * default (Auth0 docs, "Resource Parameter Compatibility Profile").
 */
export function audienceOf(context: Auth0Context, { audience, resource }: Parameters): string | undefined {
  return audience ?? (takesResource(context) ? resource : undefined) ?? defaultAudience(context);
}

/** The API that a request names as its audience; nothing where it is none. */
export function apiNamed(
  context: Auth0Context,
  origin: string,
  audience: string,
): ResourceServerRecord | undefined {
  return apiStored(context, storedIdentifier(origin, audience));
}

/** The API that is stored under an identifier. */
export function apiStored(
  { data }: Auth0Context,
  identifier: string | undefined,
): ResourceServerRecord | undefined {
  return identifier === undefined ? undefined : data.resourceServers.first(eq("identifier", identifier));
}

type Subject = ClientGrantRecord["subject_type"];

/**
 * The grant of an API to an application: on its own behalf, or on behalf of people. A third party's application that has
 * none of its own has what all of them have (Auth0 docs, "Application Access to APIs"), but never the Management API.
 */
export function grantFor(
  { data }: Auth0Context,
  client: ClientRecord,
  { identifier: audience }: ResourceServerRecord,
  subject: Subject,
): ClientGrantRecord | undefined {
  if (isStrict(client) && audience === MANAGEMENT_API) return undefined;
  const granted = { audience, subject_type: subject };
  const own = data.clientGrants.first(matching({ ...granted, client_id: client.client_id }));
  if (own !== undefined || client.is_first_party) return own;
  return data.clientGrants.first(matching({ ...granted, default_for: "third_party_clients" }));
}

/** What an API's `subject_type_authorization` says of applications, on their own behalf or on people's. */
export function policyOf(api: ResourceServerRecord, subject: Subject): string | undefined {
  return api.subject_type_authorization?.[subject]?.policy;
}

/** Whether an application needs a grant to ask for an API on behalf of people; a strict third party's always does. */
export function needsGrant(client: ClientRecord, api: ResourceServerRecord): boolean {
  return isStrict(client) || policyOf(api, "user") === "require_client_grant";
}

/** Whether an application may ask for an API on behalf of people (Auth0 docs: API access policies). */
export function mayDelegate(context: Auth0Context, client: ClientRecord, api: ResourceServerRecord): boolean {
  if (policyOf(api, "user") === "deny_all") return false;
  return !needsGrant(client, api) || grantFor(context, client, api, "user") !== undefined;
}

/** What an application is told that may not; seen at /authorize in public logs of real tenants. */
export function notGranted(client: ClientRecord, audience: string): string {
  return `Client "${publicId(client)}" is not authorized to access resource server "${audience}".`;
}
