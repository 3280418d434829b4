import type { Call, Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { answering } from "../authorize/answer.ts";
import { findTransaction, requireFormToken } from "../authorize/transactions.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import type { TransactionRecord } from "../record.ts";

/** Where a person is: at a page that belongs to a request on its way. */
export interface Visit {
  readonly context: Auth0Context;
  readonly call: Call;
  readonly transaction: TransactionRecord;
}

/** A page of the login with one form. What either throws as an `AuthorizeError` goes back to the application. */
interface Page {
  readonly path: string;
  /** The operation that takes the form; that of the page itself ends in `_page`. */
  readonly operation: string;
  readonly show: (visit: Visit) => Reply;
  readonly submit: (visit: Visit, form: Parameters) => Reply;
}

/** The two routes of a page. */
export function routesOfPage({ path, operation, show, submit }: Page) {
  return [
    route({
      method: "GET",
      path,
      operation: `${operation}_page`,
      access: "public",
      success: 200,
      query: parametersSchema,
      handler: ({ query, call }, context) => {
        const transaction = findTransaction(context, call, query.state);
        return answering(transaction, () => show({ context, call, transaction }));
      },
    }),
    route({
      method: "POST",
      path,
      operation,
      access: "public",
      success: 302,
      query: parametersSchema,
      body: parametersSchema,
      handler: ({ query, body, call }, context) => {
        const transaction = findTransaction(context, call, query.state);
        requireFormToken(context, transaction, body);
        return answering(transaction, () => submit({ context, call, transaction }, body));
      },
    }),
  ];
}
