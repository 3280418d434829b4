import { urlSafe } from "@ai-api-access/emulator-core";
import type { Call, Cookie } from "@ai-api-access/emulator-core";
import type { Collections } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { PageError } from "../authorize/errors.ts";
import { findTransaction } from "../authorize/transactions.ts";
import type { Transaction } from "../collections.ts";
import type { Parameters } from "../parameters.ts";
import { authenticationCode, sameText, tenantSecret } from "../secrets.ts";
import { readCookie, signedCookie } from "./cookies.ts";

/** The browser that a request comes from, and the cookie to set when it was not known before. */
export function browserFor({ db }: Auth0Context, call: Call): { id: string; cookies: Cookie[] } {
  const known = readCookie(db, call, "browser");
  if (known !== undefined) return { id: known, cookies: [] };
  const id = urlSafe(32);
  return { id, cookies: [signedCookie(db, call, "browser", { value: id })] };
}

/**
 * The request on its way that a page belongs to. Only the browser that it began in may go on with it: else somebody
 * could have others sign in for them.
 */
export function transactionFor(context: Auth0Context, call: Call, state: string | undefined): Transaction {
  const transaction = findTransaction(context, state);
  if (transaction === undefined || transaction.browser_id !== readCookie(context.db, call, "browser")) {
    const hint = "Go back to the application and start again. Cookies have to be allowed for this site.";
    throw new PageError(400, "This page belongs to no sign-in, or to one that has expired.", hint);
  }
  return transaction;
}

/** What a page's form has to bring along, so that no other site can send it in the person's name. */
export function formToken(db: Collections, { id, browser_id: browserId }: Transaction): string {
  return authenticationCode(tenantSecret(db, "forms"), `${id}.${browserId}`);
}

/** As {@link transactionFor}, for a form that was sent. */
export function formFor(context: Auth0Context, call: Call, query: Parameters, form: Parameters): Transaction {
  const transaction = transactionFor(context, call, query.state);
  if (!sameText(form.form_token ?? "", formToken(context.db, transaction))) {
    const hint = "Go back to the application and start again.";
    throw new PageError(403, "This form was not sent from the tenant's own page.", hint);
  }
  return transaction;
}
