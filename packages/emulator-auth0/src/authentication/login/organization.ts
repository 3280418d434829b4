import type { Call, Reply } from "@ai-api-access/emulator-core";
import { eq } from "@ai-api-access/emulator-core";
import type { Organization } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { organizationPage, pickerPage } from "../../pages/pages.ts";
import { answering, redirect } from "../authorize/answer.ts";
import { organizationsOf } from "../authorize/membership.ts";
import { placeOf, subjectOf } from "../authorize/steps.ts";
import { clientSettings } from "../client-settings.ts";
import type { Transaction } from "../collections.ts";
import { parametersSchema } from "../parameters.ts";
import type { Parameters } from "../parameters.ts";
import { formFor, formToken, transactionFor } from "./browser.ts";
import { currentSession } from "./sessions.ts";

/** What both pages show. */
function frame(context: Auth0Context, transaction: Transaction, page: "organization" | "picker") {
  const { client } = subjectOf(context, transaction);
  return {
    db: context.db,
    organization: undefined,
    application: client.name,
    action: placeOf(page, transaction),
    formToken: formToken(context.db, transaction),
    /** Who may do without an organization can say so. */
    mayBePersonal: clientSettings(client).organization_usage === "allow",
  };
}

/** Keeps what was chosen, and goes on. */
function choose(
  context: Auth0Context,
  transaction: Transaction,
  organization: Organization | undefined,
): Reply {
  context.db.transactions.put({
    ...transaction,
    ...(organization === undefined ? { personal: true } : { organization_id: organization.id }),
  });
  return redirect(placeOf("resume", transaction));
}

function submitName(context: Auth0Context, transaction: Transaction, form: Parameters): Reply {
  const shown = frame(context, transaction, "organization");
  if (shown.mayBePersonal && form.choice === "personal") return choose(context, transaction, undefined);
  const name = (form.organization ?? "").trim().toLowerCase();
  const organization = name === "" ? undefined : context.db.organizations.first(eq("name", name));
  if (organization === undefined) {
    const error = "The organization you entered is invalid";
    return organizationPage(400, { ...shown, name: form.organization ?? "", error });
  }
  return choose(context, transaction, organization);
}

/** The organizations of whoever is signed in here; none without a session. */
function ownOrganizations(context: Auth0Context, call: Call): Organization[] {
  const session = currentSession(context, call);
  return session === undefined ? [] : organizationsOf(context, session);
}

function submitChoice(context: Auth0Context, call: Call, transaction: Transaction, form: Parameters): Reply {
  const shown = frame(context, transaction, "picker");
  if (shown.mayBePersonal && form.choice === "personal") return choose(context, transaction, undefined);
  const organizations = ownOrganizations(context, call);
  const chosen = organizations.find(({ id }) => id === form.organization);
  return chosen === undefined
    ? pickerPage(400, { ...shown, organizations })
    : choose(context, transaction, chosen);
}

export const organizationRoutes = [
  route({
    method: "GET",
    path: "/u/organization",
    operation: "organization_page",
    access: "public",
    success: 200,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const transaction = transactionFor(context, call, query.state);
      return answering(transaction, () =>
        organizationPage(200, { ...frame(context, transaction, "organization"), name: "", error: undefined }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/u/organization",
    operation: "organization",
    access: "public",
    success: 302,
    query: parametersSchema,
    body: parametersSchema,
    handler: ({ query, body, call }, context) => {
      const transaction = formFor(context, call, query, body);
      return answering(transaction, () => submitName(context, transaction, body));
    },
  }),
  route({
    method: "GET",
    path: "/u/organization/picker",
    operation: "organization_picker_page",
    access: "public",
    success: 200,
    query: parametersSchema,
    handler: ({ query, call }, context) => {
      const transaction = transactionFor(context, call, query.state);
      return answering(transaction, () =>
        pickerPage(200, {
          ...frame(context, transaction, "picker"),
          organizations: ownOrganizations(context, call),
        }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/u/organization/picker",
    operation: "organization_picker",
    access: "public",
    success: 302,
    query: parametersSchema,
    body: parametersSchema,
    handler: ({ query, body, call }, context) => {
      const transaction = formFor(context, call, query, body);
      return answering(transaction, () => submitChoice(context, call, transaction, body));
    },
  }),
];
