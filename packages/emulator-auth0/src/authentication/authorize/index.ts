import type { Call, Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { browserFor, transactionFor } from "../login/browser.ts";
import { currentSession } from "../login/sessions.ts";
import { parametersSchema, words } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { issueCode } from "../tokens/codes.ts";
import type { Session, Transaction } from "../collections.ts";
import { answer, answering, redirect } from "./answer.ts";
import type { Destination } from "./answer.ts";
import { AuthorizeError } from "./errors.ts";
import { readRequest } from "./request.ts";
import { nextStep, placeOf } from "./steps.ts";
import type { PageName, Step } from "./steps.ts";
import { responseMode, targetOf } from "./target.ts";
import { beginTransaction, endTransaction } from "./transactions.ts";

/** The end of the way: the code, for the application alone. */
function finish(
  context: Auth0Context,
  transaction: Transaction,
  { session, organization }: Extract<Step, { session: Session }>,
): Reply {
  const { client_id: clientId, redirect_uri: redirectUri, scope, audience, nonce } = transaction;
  const code = issueCode(context, {
    client_id: clientId,
    user_id: session.user_id,
    scope,
    session_id: session.id,
    ...(transaction.redirect_uri_given ? { redirect_uri: redirectUri } : {}),
    ...(audience === undefined ? {} : { audience }),
    ...(organization === undefined ? {} : { organization_id: organization.id }),
    ...(transaction.code_challenge === undefined ? {} : { code_challenge: transaction.code_challenge }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(transaction.with_auth_time ? { auth_time: Math.floor(session.authenticated_at / 1000) } : {}),
  });
  endTransaction(context, transaction);
  return answer(transaction, { code });
}

function authorize(context: Auth0Context, call: Call, parameters: Parameters): Reply {
  const { db, clock } = context;
  const target = targetOf(db, parameters);
  const destination: Destination = {
    redirect_uri: target.redirectUri,
    response_mode: responseMode(parameters) ?? "query",
    ...(parameters.state === undefined ? {} : { state: parameters.state }),
  };
  return answering(destination, () => {
    const session = currentSession(context, call);
    const circumstances = { origin: call.origin, now: clock(), session };
    const request = readRequest(db, circumstances, target, parameters);
    const browser = browserFor(context, call);
    const transaction = beginTransaction(context, browser.id, request);
    const step = nextStep(context, transaction, session);
    if (!("page" in step)) return finish(context, transaction, step);
    if (words(parameters.prompt).includes("none")) {
      endTransaction(context, transaction);
      throw silently(step.page);
    }
    return redirect(placeOf(step.page, transaction), browser.cookies);
  });
}

/** What stands in the way of an answer without a page (OpenID Connect Core, 3.1.2.6). */
function silently(page: PageName): AuthorizeError {
  return page === "organization" || page === "picker"
    ? new AuthorizeError("invalid_request", "parameter organization is required for this client")
    : new AuthorizeError("login_required", "Login required");
}

export const authorizeRoutes = [
  route({
    method: "GET",
    path: "/authorize",
    operation: "authorize",
    access: "public",
    success: 302,
    query: parametersSchema,
    handler: ({ query, call }, context) => authorize(context, call, query),
  }),
  route({
    method: "GET",
    path: "/authorize/resume",
    operation: "authorize_resume",
    access: "public",
    success: 302,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const transaction = transactionFor(context, call, query.state);
      return answering(transaction, () => {
        const step = nextStep(context, transaction, currentSession(context, call));
        return "page" in step
          ? redirect(placeOf(step.page, transaction))
          : finish(context, transaction, step);
      });
    },
  }),
];
