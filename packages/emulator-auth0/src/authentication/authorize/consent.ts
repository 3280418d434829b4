import { objectId } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import { apiStored } from "../apis.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { decideScopes } from "../tokens/scopes.ts";

/** Who logged in, and to which organization. The person may still have to consent. */
export interface Login {
  readonly session: SessionRecord;
  readonly organization: OrganizationRecord | undefined;
}

/** What a third party's application asks a person for. */
interface ConsentRequest {
  readonly api: ResourceServerRecord | undefined;
  /** Of the scopes asked for those that would be granted. */
  readonly scope: readonly string[];
}

/** What there is to consent to. */
export function consentRequest(
  context: Auth0Context,
  transaction: TransactionRecord,
  login: Login,
): ConsentRequest {
  const { data } = context;
  const client = data.clients.get(transaction.client_id);
  const user = data.users.get(login.session.user_id);
  const api = apiStored(context, transaction.audience);
  if (client === undefined || user === undefined) return { api, scope: [] };
  const { organization } = login;
  return { api, ...decideScopes(context, { client, user, asked: transaction.scope, api, organization }) };
}

/** Auth0 docs, "User Consent and Third-Party Applications": by application, API and organization. */
function grantKey({ client_id, audience = "" }: TransactionRecord, { session, organization }: Login) {
  return { client_id, user_id: session.user_id, audience, organization_id: organization?.id ?? "" };
}

function grantOf({ data }: Auth0Context, transaction: TransactionRecord, login: Login) {
  return data.userGrants.first(matching(grantKey(transaction, login)));
}

/** Whether the person has to be asked whether a third party's application may have what it asks for. */
export function lacksConsent(context: Auth0Context, transaction: TransactionRecord, login: Login): boolean {
  if (context.data.clients.get(transaction.client_id)?.is_first_party !== false) return false;
  const grant = grantOf(context, transaction, login);
  if (grant === undefined || transaction.ask_again === true) return true;
  return consentRequest(context, transaction, login).scope.some((scope) => !grant.scope.includes(scope));
}

/** Keeps that the person lets the application have what it asks for, so that nobody asks again. */
export function giveConsent(context: Auth0Context, transaction: TransactionRecord, login: Login): void {
  const { data, clock } = context;
  const before = grantOf(context, transaction, login);
  const { scope } = consentRequest(context, transaction, login);
  data.userGrants.put({
    id: before?.id ?? objectId(clock),
    ...grantKey(transaction, login),
    scope: [...new Set([...(before?.scope ?? []), ...scope])],
  });
  data.transactions.put({ ...transaction, ask_again: false });
}

/** The scopes asked for, of a third party's application those that the person let it have. */
export function consentedScopes(
  context: Auth0Context,
  transaction: TransactionRecord,
  login: Login,
): string[] {
  const grant = grantOf(context, transaction, login);
  if (context.data.clients.get(transaction.client_id)?.is_first_party !== false) return transaction.scope;
  return transaction.scope.filter((scope) => grant?.scope.includes(scope));
}
