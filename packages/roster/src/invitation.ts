/** `roster:index:Invitation`: the invitation of one person that the tenant does not know, until the person comes. */
import type * as kit from "@ai-api-access/provider-kit";
import { inviteOnce, isKept, textIn, textsIn } from "./invitations.ts";
import type { Tenant } from "./tenant.ts";

export const INVITATION = "roster:index:Invitation";

/** What an invitation cannot change. Another name of whoever invites is not worth another mail. */
const TERMS = ["organizationId", "clientId", "email"] as const;

export interface InvitationOptions {
  readonly tenant: Tenant;
  /** Milliseconds since 1970. */
  readonly now: number;
}

function termsOf({ organizationId, clientId, email, roles, inviter }: kit.PlainProperties) {
  return {
    organization: textIn(organizationId),
    terms: {
      ...{ clientId: textIn(clientId), email: textIn(email), inviter: textIn(inviter) },
      roles: textsIn(roles),
    },
  };
}

export function diffOfInvitation({ oldInputs, inputs }: kit.DiffRequest): kit.DiffResult {
  const changed = TERMS.filter((key) => textIn(oldInputs[key]) !== textIn(inputs[key]));
  const [before, after] = [oldInputs, inputs].map(({ roles }) => textsIn(roles).sort().join());
  return {
    changes: [...changed, ...(before === after ? [] : ["roles"])].map((path) => ({
      path,
      kind: "update",
      replace: true,
    })),
    // With both, the first one would still let the person in.
    deleteBeforeReplace: true,
  };
}

export async function createInvitation(
  { inputs, preview }: kit.CreateRequest,
  { tenant, now }: InvitationOptions,
): Promise<kit.CreateResult> {
  if (preview) return { id: "", state: inputs };
  const { organization, terms } = termsOf(inputs);
  const listed = await tenant.invitations(organization);
  return { id: await inviteOnce(tenant, organization, terms, { listed, now }), state: inputs };
}

export async function readInvitation(
  { id, known }: kit.ReadRequest,
  { tenant, now }: InvitationOptions,
): Promise<kit.ReadResult | undefined> {
  if (known === undefined)
    throw new Error("an invitation is not imported: the next update finds it by itself");
  const { organization, terms } = termsOf(known.inputs);
  return (await isKept(tenant, organization, { id, email: terms.email, now })) ? { id, ...known } : undefined;
}

export async function deleteInvitation(
  { id, oldInputs }: kit.DeleteRequest,
  { tenant }: Pick<InvitationOptions, "tenant">,
): Promise<void> {
  await tenant.withdraw(termsOf(oldInputs).organization, id);
}
