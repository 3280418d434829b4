import type { Reply } from "@ai-api-access/emulator-core";
import { confirmPage, consentPage } from "../../pages/pages.ts";
import { AuthorizeError, redirect } from "../authorize/answer.ts";
import { consentRequest, giveConsent } from "../authorize/consent.ts";
import type { Login } from "../authorize/consent.ts";
import { nextStep, pathOf, subjectOf } from "../authorize/steps.ts";
import type { PageName } from "../authorize/steps.ts";
import { endTransaction, formToken } from "../authorize/transactions.ts";
import type { Parameters } from "../parameters.ts";
import { routesOfPage } from "./page-routes.ts";
import type { Visit } from "./page-routes.ts";
import { currentSession } from "./sessions.ts";

/** What both pages show. */
function frame({ context, transaction }: Visit, page: PageName, { session, organization }: Login) {
  const { client } = subjectOf(context, transaction);
  return {
    organization,
    application: client.name,
    action: pathOf(page, transaction),
    formToken: formToken(context, transaction),
    person: context.data.users.get(session.user_id)?.email ?? session.user_id,
    callback: transaction.redirect_uri,
  };
}

/** Does what a page does where it is the one that comes next; else the request goes on, to the page that is. */
function atPage(visit: Visit, page: PageName, work: (login: Login) => Reply): Reply {
  const { context, call, transaction } = visit;
  const step = nextStep(context, transaction, currentSession(context, call));
  const isNext = "session" in step && step.page === page;
  return isNext ? work(step) : redirect(pathOf("resume", transaction));
}

/** Ends a request that the person does not want. */
function refuse({ context, transaction }: Visit): never {
  endTransaction(context, transaction);
  throw new AuthorizeError("access_denied", "User did not authorize the request");
}

function showConsent(visit: Visit): Reply {
  return atPage(visit, "consent", (login) => {
    const { api, scope } = consentRequest(visit.context, visit.transaction, login);
    const texts = scope.map((value) => ({
      value,
      text: api?.scopes?.find((one) => one.value === value)?.description ?? "",
    }));
    const shown = { ...frame(visit, "consent", login), api: api?.name, scopes: texts };
    return consentPage(visit.context, shown);
  });
}

function submitConsent(visit: Visit, { choice, person }: Parameters): Reply {
  return atPage(visit, "consent", (login) => {
    // Somebody else may have signed in since the page was shown.
    if (person !== frame(visit, "consent", login).person)
      return redirect(pathOf("resume", visit.transaction));
    if (choice !== "accept") return refuse(visit);
    giveConsent(visit.context, visit.transaction, login);
    return redirect(pathOf("resume", visit.transaction));
  });
}

function showConfirmation(visit: Visit): Reply {
  return atPage(visit, "confirm", (login) => confirmPage(visit.context, frame(visit, "confirm", login)));
}

function submitConfirmation(visit: Visit, { choice }: Parameters): Reply {
  return atPage(visit, "confirm", () => {
    if (choice !== "accept") return refuse(visit);
    visit.context.data.transactions.put({ ...visit.transaction, to_confirm: false });
    return redirect(pathOf("resume", visit.transaction));
  });
}

/** The pages on which a person lets an application have what it asks for, and lets an answer go to their own machine. */
export const consentRoutes = [
  ...routesOfPage({ path: "/u/consent", operation: "consent", show: showConsent, submit: submitConsent }),
  ...routesOfPage({
    path: "/u/confirm",
    operation: "confirm",
    show: showConfirmation,
    submit: submitConfirmation,
  }),
];
