import { objectId } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import { apiStored } from "../apis.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { decideScopes } from "../tokens/scopes.ts";

/** A request that lacks nothing but perhaps the person's own word: who has signed in, and to which organization. */
export interface Settled {
  readonly session: SessionRecord;
  readonly organization: OrganizationRecord | undefined;
}

/** What a third party's application asks a person for. */
interface Demand {
  readonly api: ResourceServerRecord | undefined;
  /** Of the scopes asked for those that would be granted. */
  readonly scope: readonly string[];
}

/** What there is to consent to. */
export function demandOf(context: Auth0Context, transaction: TransactionRecord, settled: Settled): Demand {
  const { data } = context;
  const client = data.clients.get(transaction.client_id);
  const user = data.users.get(settled.session.user_id);
  const api = apiStored(context, transaction.audience);
  if (client === undefined || user === undefined) return { api, scope: [] };
  const { organization } = settled;
  return { api, ...decideScopes(context, { client, user, asked: transaction.scope, api, organization }) };
}

/** Auth0 docs, "User Consent and Third-Party Applications": by application, API and organization. */
function placeOf({ client_id, audience = "" }: TransactionRecord, { session, organization }: Settled) {
  return { client_id, user_id: session.user_id, audience, organization_id: organization?.id ?? "" };
}

function grantOf({ data }: Auth0Context, transaction: TransactionRecord, settled: Settled) {
  return data.userGrants.first(matching(placeOf(transaction, settled)));
}

/** Whether the person has to be asked whether a third party's application may have what it asks for. */
export function lacksConsent(
  context: Auth0Context,
  transaction: TransactionRecord,
  settled: Settled,
): boolean {
  if (context.data.clients.get(transaction.client_id)?.is_first_party !== false) return false;
  const grant = grantOf(context, transaction, settled);
  if (grant === undefined || transaction.ask_again === true) return true;
  return demandOf(context, transaction, settled).scope.some((scope) => !grant.scope.includes(scope));
}

/** Keeps that the person lets the application have what it asks for, so that nobody asks again. */
export function giveConsent(context: Auth0Context, transaction: TransactionRecord, settled: Settled): void {
  const { data, clock } = context;
  const before = grantOf(context, transaction, settled);
  const { scope } = demandOf(context, transaction, settled);
  data.userGrants.put({
    id: before?.id ?? objectId(clock),
    ...placeOf(transaction, settled),
    scope: [...new Set([...(before?.scope ?? []), ...scope])],
  });
  data.transactions.put({ ...transaction, ask_again: false });
}

/** The scopes asked for, of a third party's application those that the person let it have. */
export function consentedScopes(
  context: Auth0Context,
  transaction: TransactionRecord,
  settled: Settled,
): string[] {
  const grant = grantOf(context, transaction, settled);
  if (context.data.clients.get(transaction.client_id)?.is_first_party !== false) return transaction.scope;
  return transaction.scope.filter((scope) => grant?.scope.includes(scope));
}
