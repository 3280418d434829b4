/**
 * `roster:index:OrganizationLogin`: that people log in to their organization with an application. Auth0's provider says
 * it of an application that it makes, and has no property for it on one that is registered by its metadata document.
 */
import type * as kit from "@ai-api-access/provider-kit";
import { textIn } from "./invitations.ts";
import type { Tenant } from "./tenant.ts";

export const ORGANIZATION_LOGIN = "roster:index:OrganizationLogin";

const clientIn = ({ clientId }: kit.PlainProperties) => textIn(clientId);

export function diffOfLogin({ oldInputs, inputs }: kit.DiffRequest): kit.DiffResult {
  if (clientIn(oldInputs) === clientIn(inputs)) return { changes: [] };
  return { changes: [{ path: "clientId", kind: "update", replace: true }] };
}

export async function createLogin(
  { inputs, preview }: kit.CreateRequest,
  tenant: () => Tenant,
): Promise<kit.CreateResult> {
  if (preview) return { id: "", state: inputs };
  await tenant().requireOrganization(clientIn(inputs));
  return { id: clientIn(inputs), state: inputs };
}

/** An application that asks for no organization is as one of which nothing was said: the next update says it again. */
export async function readLogin(
  { id }: kit.ReadRequest,
  tenant: () => Tenant,
): Promise<kit.ReadResult | undefined> {
  if (!(await tenant().requiresOrganization(id))) return undefined;
  return { id, inputs: { clientId: id }, state: { clientId: id } };
}
