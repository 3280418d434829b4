import type { Call, Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { browserFor } from "../login/browser.ts";
import { currentSession } from "../login/sessions.ts";
import { parametersSchema, words } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { issueCode } from "../tokens/codes.ts";
import { answer, answering, AuthorizeError, invalidRequest, redirect } from "./answer.ts";
import type { Destination } from "./answer.ts";
import { pushedParameters } from "./pushed.ts";
import { readRequest } from "./request.ts";
import { nextStep, pathOf } from "./steps.ts";
import type { PageName, Step } from "./steps.ts";
import { responseMode, targetOf } from "./target.ts";
import { beginTransaction, endTransaction, findTransaction } from "./transactions.ts";

/** Sends the code to the application: the request is answered. */
function finish(
  context: Auth0Context,
  transaction: TransactionRecord,
  { session, organization }: Extract<Step, { session: SessionRecord }>,
): Reply {
  const { client_id, redirect_uri, scope, audience, code_challenge, nonce } = transaction;
  const code = issueCode(context, {
    client_id,
    user_id: session.user_id,
    scope,
    session_id: session.id,
    ...compact({ audience, organization_id: organization?.id, code_challenge, nonce }),
    ...(transaction.redirect_uri_given ? { redirect_uri } : {}),
    ...(transaction.with_auth_time ? { auth_time: Math.floor(session.authenticated_at / 1000) } : {}),
  });
  endTransaction(context, transaction);
  return answer(transaction, { code });
}

function authorize(context: Auth0Context, call: Call, given: Parameters): Reply {
  const pushed = pushedParameters(context, given);
  const parameters = pushed ?? given;
  const target = targetOf(context, parameters);
  const destination: Destination = {
    redirect_uri: target.redirectUri,
    response_mode: responseMode(parameters) ?? "query",
    ...compact({ state: parameters.state }),
  };
  return answering(destination, () => {
    if (pushed === undefined && target.client.require_pushed_authorization_requests === true) {
      throw invalidRequest("Pushed Authorization Requests are required for this client");
    }
    const session = currentSession(context, call);
    const request = readRequest(context, target, { call, parameters, session });
    const browser = browserFor(context, call);
    const transaction = beginTransaction(context, browser.id, request);
    const step = nextStep(context, transaction, session);
    if (!("page" in step)) return finish(context, transaction, step);
    if (words(parameters.prompt).includes("none")) {
      endTransaction(context, transaction);
      throw withoutPage(step.page);
    }
    return redirect(pathOf(step.page, transaction), browser.cookies);
  });
}

/** What stands in the way of an answer without a page (OpenID Connect Core, 3.1.2.6). */
function withoutPage(page: PageName): AuthorizeError {
  return page === "organization" || page === "picker"
    ? invalidRequest("parameter organization is required for this client")
    : new AuthorizeError("login_required", "Login required");
}

/** Where people come from an application, and where they go on after each page. */
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
      const transaction = findTransaction(context, call, query.state);
      return answering(transaction, () => {
        const step = nextStep(context, transaction, currentSession(context, call));
        return "page" in step ? redirect(pathOf(step.page, transaction)) : finish(context, transaction, step);
      });
    },
  }),
];
