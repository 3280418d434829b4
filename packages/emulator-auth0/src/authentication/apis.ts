import { eq } from "@ai-api-access/emulator-core";
import { matching } from "../collections.ts";
import type { Auth0Context } from "../context.ts";
import type { ClientRecord } from "../management/clients/record.ts";
import type { ClientGrantRecord } from "../management/record.ts";
import { storedIdentifier } from "../management/resource-servers/identifier.ts";
import type { ResourceServerRecord } from "../management/resource-servers/record.ts";
import { findSettings } from "../management/tenant-settings.ts";
import type { Parameters } from "./parameters.ts";

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
  { data }: Auth0Context,
  origin: string,
  audience: string,
): ResourceServerRecord | undefined {
  return data.resourceServers.first(eq("identifier", storedIdentifier(origin, audience)));
}

type Subject = ClientGrantRecord["subject_type"];

/** The grant of an API to an application: on its own behalf, or on behalf of people. */
export function grantFor(
  { data }: Auth0Context,
  { client_id }: ClientRecord,
  { identifier: audience }: ResourceServerRecord,
  subject: Subject,
): ClientGrantRecord | undefined {
  return data.clientGrants.first(matching({ client_id, audience, subject_type: subject }));
}

/** What an API's `subject_type_authorization` says of applications, on their own behalf or on people's. */
export function policyOf(api: ResourceServerRecord, subject: Subject): string | undefined {
  return api.subject_type_authorization?.[subject]?.policy;
}

/** Whether an application may ask for an API on behalf of people (Auth0 docs: API access policies). */
export function mayDelegate(context: Auth0Context, client: ClientRecord, api: ResourceServerRecord): boolean {
  const policy = policyOf(api, "user");
  if (policy === "require_client_grant") return grantFor(context, client, api, "user") !== undefined;
  return policy !== "deny_all";
}

/** What an application is told that may not; seen at /authorize in public logs of real tenants. */
export function notGranted({ client_id }: ClientRecord, audience: string): string {
  return `Client "${client_id}" is not authorized to access resource server "${audience}".`;
}
