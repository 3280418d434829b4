import { compare, urlSafe } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { Transaction } from "../collections.ts";
import type { AuthorizationRequest } from "./request.ts";

/** How long a person may take to sign in, in milliseconds. */
const LIFETIME = 60 * 60_000;

/** Keeps a request while the person is on the login pages. */
export function beginTransaction(
  { db, clock }: Auth0Context,
  browserId: string,
  request: AuthorizationRequest,
): Transaction {
  const now = clock();
  db.transactions.deleteWhere(compare("expires_at", "<", now));
  return db.transactions.insert({
    ...request,
    id: urlSafe(32),
    browser_id: browserId,
    expires_at: now + LIFETIME,
  });
}

/** The request that goes by this name, if it is not too old. */
export function findTransaction(
  { db, clock }: Auth0Context,
  id: string | undefined,
): Transaction | undefined {
  const transaction = id === undefined ? undefined : db.transactions.get(id);
  return transaction !== undefined && transaction.expires_at >= clock() ? transaction : undefined;
}

/** Forgets a request that is answered. */
export function endTransaction({ db }: Auth0Context, { id }: Transaction): void {
  db.transactions.delete(id);
}
