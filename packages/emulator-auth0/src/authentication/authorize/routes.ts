import type { Call, Reply } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { findSettings } from "../../management/tenant-settings.ts";
import { compact } from "../../objects.ts";
import { clientSettings } from "../client-settings.ts";
import { browserFor } from "../login/browser.ts";
import { currentSession } from "../login/sessions.ts";
import { parametersSchema, words } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { isNonVerifiable, keepsErrors } from "../third-parties.ts";
import { issueCode } from "../tokens/codes.ts";
import { answer, answering, AuthorizeError, invalidRequest, redirect } from "./answer.ts";
import type { Destination } from "./answer.ts";
import { consentedScopes } from "./consent.ts";
import type { Login } from "./consent.ts";
import { pushedParameters } from "./pushed.ts";
import { readRequest } from "./request.ts";
import { nextStep, pathOf } from "./steps.ts";
import type { PageName, Step } from "./steps.ts";
import { responseMode, targetOf } from "./target.ts";
import type { Target } from "./target.ts";
import { beginTransaction, endTransaction, findTransaction } from "./transactions.ts";

/** Sends the code to the application: the request is answered. */
function finish(context: Auth0Context, transaction: TransactionRecord, login: Login): Reply {
  const { client_id, redirect_uri, audience, code_challenge, nonce } = transaction;
  const { session, organization } = login;
  const code = issueCode(context, {
    client_id,
    user_id: session.user_id,
    scope: consentedScopes(context, transaction, login),
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
  const destination = destinationOf(context, call, target, parameters);
  return answering(destination, () => {
    if (pushed === undefined && target.client.require_pushed_authorization_requests === true) {
      throw invalidRequest("Pushed Authorization Requests are required for this client");
    }
    const session = currentSession(context, call);
    const request = readRequest(context, target, { call, parameters, session });
    const browser = browserFor(context, call);
    const transaction = beginTransaction(context, browser.id, { ...request, ...destination });
    const step = firstStep(context, target, transaction, session);
    if (step.page === undefined) return finish(context, transaction, step);
    if (words(parameters.prompt).includes("none")) {
      endTransaction(context, transaction);
      throw withoutPage(step.page);
    }
    return redirect(pathOf(step.page, transaction), browser.cookies);
  });
}

/** Where answers go, and how. */
function destinationOf(
  context: Auth0Context,
  { origin }: Call,
  { client, redirectUri }: Target,
  parameters: Parameters,
): Destination {
  const namesIssuer = findSettings(context).authorization_response_iss_parameter_supported === true;
  return {
    redirect_uri: redirectUri,
    response_mode: responseMode(parameters) ?? "query",
    keeps_errors: keepsErrors(client),
    ...compact({ state: parameters.state, iss: namesIssuer ? `${origin}/` : undefined }),
  };
}

/**
 * What comes first for a request. Where nobody has to see a page, and the answer goes to a callback that nobody can
 * verify, the person is asked whether it may (Auth0 docs, "Measures Against Application Impersonation").
 */
function firstStep(
  context: Auth0Context,
  { client, redirectUri }: Target,
  transaction: TransactionRecord,
  session: SessionRecord | undefined,
): Step {
  const step = nextStep(context, transaction, session);
  if (step.page !== undefined || !isNonVerifiable(redirectUri) || skipsConfirmation(context, client))
    return step;
  context.data.transactions.put({ ...transaction, to_confirm: true });
  return { ...step, page: "confirm" };
}

/** The application's setting goes before the tenant's (there). */
function skipsConfirmation(context: Auth0Context, client: ClientRecord): boolean {
  const name = "skip_non_verifiable_callback_uri_confirmation_prompt";
  return (client[name] ?? findSettings(context)[name]) === true || !clientSettings(client).oidc_conformant;
}

/** What stands in the way of an answer without a page (OpenID Connect Core, 3.1.2.6). */
function withoutPage(page: PageName): AuthorizeError {
  if (page === "consent") return new AuthorizeError("consent_required", "Consent required");
  if (page === "confirm") return new AuthorizeError("interaction_required", NOT_SILENT);
  return page === "organization" || page === "picker"
    ? invalidRequest("parameter organization is required for this client")
    : new AuthorizeError("login_required", "Login required");
}

const NOT_SILENT = "prompt=none cannot go with a callback on this machine or with a scheme of its own";

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
        return step.page === undefined
          ? finish(context, transaction, step)
          : redirect(pathOf(step.page, transaction));
      });
    },
  }),
];
