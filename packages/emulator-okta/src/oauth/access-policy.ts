import { policiesOf } from "../authorization-servers/policies.ts";
import type { PolicyRecord, RuleRecord, ServerRecord } from "../authorization-servers/record.ts";
import { rulesOf } from "../authorization-servers/rules.ts";
import type { OktaContext } from "../context.ts";

/** What a client wants for itself, with no person behind it. */
interface MachineRequest {
  readonly clientId: string;
  readonly grantType: string;
  readonly scopes: readonly string[];
}

/**
 * The rule that decides a request: of the active policies for this client, in the order of their priority, the
 * first active rule that fits. A rule that does not cover all of the scopes, or that asks for certain people
 * where there are none, does not fit, and the search goes on, also in the next policy. (Okta docs, "Configure
 * an access policy"; Okta support, "Tokens not issued with the lifetime configured" and "Access policy rules
 * with 'AND User is' do not apply to client credentials".)
 */
export function decidingRule(
  context: OktaContext,
  server: ServerRecord,
  request: MachineRequest,
): RuleRecord | undefined {
  for (const policy of policiesOf(context, server.id)) {
    if (!isFor(policy, request)) continue;
    const rule = rulesOf(context, policy.id).find((each) => fits(each, request));
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function isFor({ status, clients }: PolicyRecord, { clientId }: MachineRequest): boolean {
  return status === "ACTIVE" && (clients.includes("ALL_CLIENTS") || clients.includes(clientId));
}

function fits(rule: RuleRecord, { grantType, scopes }: MachineRequest): boolean {
  return (
    rule.status === "ACTIVE" &&
    rule.grantTypes.includes(grantType) &&
    !asksForPeople(rule) &&
    (rule.scopes.includes("*") || scopes.every((scope) => rule.scopes.includes(scope)))
  );
}

function asksForPeople({ people }: RuleRecord): boolean {
  const groups = people.groups?.include ?? [];
  const users = people.users.include ?? [];
  return groups.length + users.length > 0 && !groups.includes("EVERYONE");
}
