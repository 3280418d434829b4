import { compare, urlSafe, sameText } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { readCookie } from "../login/browser.ts";
import type { Parameters } from "../parameters.ts";
import type { TransactionRecord } from "../record.ts";
import { formCode } from "../secrets.ts";
import { PageError } from "./answer.ts";
import type { AuthorizationRequest } from "./request.ts";

/** How long a person may take to sign in, in milliseconds. */
const LIFETIME = 60 * 60_000;

/** Keeps a request while the person is on the login pages. */
export function beginTransaction(
  { data, clock }: Auth0Context,
  browserId: string,
  request: AuthorizationRequest,
): TransactionRecord {
  const now = clock();
  data.transactions.deleteWhere(compare("expires_at", "<", now));
  const made = { ...request, id: urlSafe(32), browser_id: browserId, expires_at: now + LIFETIME };
  return data.transactions.insert(made);
}

/**
 * The request on its way that a page belongs to. Only the browser that it began in may go on with it: else somebody
 * could have others sign in for them.
 */
export function findTransaction(context: Auth0Context, call: Call, state = ""): TransactionRecord {
  const found = context.data.transactions.get(state);
  const inTime = found !== undefined && found.expires_at >= context.clock();
  if (!inTime || found.browser_id !== readCookie(context, call, "browser")) {
    const hint = "Go back to the application and start again. Cookies have to be allowed for this site.";
    throw new PageError(400, "This page belongs to no sign-in, or to one that has expired.", hint);
  }
  return found;
}

/** Forgets a request that is answered. */
export function endTransaction({ data }: Auth0Context, { id }: TransactionRecord): void {
  data.transactions.delete(id);
}

/** What a page's form has to bring along, so that no other site can send it in the person's name. */
export function formToken(context: Auth0Context, { id, browser_id: browserId }: TransactionRecord): string {
  return formCode(context, `${id}.${browserId}`);
}

/** Refuses a form that was not sent from the page of this request. */
export function requireFormToken(
  context: Auth0Context,
  transaction: TransactionRecord,
  form: Parameters,
): void {
  if (sameText(form.form_token ?? "", formToken(context, transaction))) return;
  const hint = "Go back to the application and start again.";
  throw new PageError(403, "This form was not sent from the tenant's own page.", hint);
}
