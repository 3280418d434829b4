import { eq } from "@ai-api-access/emulator-core";
import type { Reply } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import { organizationPage, pickerPage } from "../../pages/pages.ts";
import { redirect } from "../authorize/answer.ts";
import { organizationsOf } from "../authorize/membership.ts";
import { pathOf, subjectOf } from "../authorize/steps.ts";
import { formToken } from "../authorize/transactions.ts";
import { clientSettings } from "../client-settings.ts";
import type { Parameters } from "../parameters.ts";
import { mayEnter } from "../third-parties.ts";
import { routesOfPage } from "./page-routes.ts";
import type { Visit } from "./page-routes.ts";
import { currentSession } from "./sessions.ts";

/** What both pages show. */
function frame({ context, transaction }: Visit, page: "organization" | "picker") {
  const { client } = subjectOf(context, transaction);
  return {
    organization: undefined,
    application: client.name,
    action: pathOf(page, transaction),
    formToken: formToken(context, transaction),
    /** Who may do without an organization can say so. */
    mayBePersonal: clientSettings(client).organization_usage === "allow",
    /** Whether an organization is found by an email address, too. */
    byEmail: clientSettings(client).organization_discovery_methods.includes("email"),
  };
}

/** The organization that has the domain of an email address, verified and for this use, if it is one. */
function organizationOfEmail({ data }: Auth0Context, email: string): OrganizationRecord | undefined {
  const domains = data.discoveryDomains.find(eq("domain", email.split("@").at(-1) ?? ""));
  const [only, ...more] = domains.filter(
    ({ status, use_for_organization_discovery: used }) => status === "verified" && used,
  );
  return only === undefined || more.length > 0 ? undefined : data.organizations.get(only.organization_id);
}

/** Keeps what was chosen, and goes on. */
function choose(
  { context, transaction }: Visit,
  organization: OrganizationRecord | undefined,
  email?: string,
): Reply {
  context.data.transactions.put({
    ...transaction,
    ...(organization === undefined ? { personal: true } : { organization_id: organization.id }),
    ...(email === undefined ? {} : { login_hint: email }),
  });
  return redirect(pathOf("resume", transaction));
}

function submitName(visit: Visit, { choice, organization: entered = "" }: Parameters): Reply {
  const { context } = visit;
  const { client } = subjectOf(context, visit.transaction);
  const shown = frame(visit, "organization");
  if (shown.mayBePersonal && choice === "personal") return choose(visit, undefined);
  const text = entered.trim().toLowerCase();
  if (shown.byEmail && text.includes("@")) {
    const found = organizationOfEmail(context, text);
    if (found !== undefined && mayEnter(client, found)) return choose(visit, found, text);
    const error = "No organization was found for this email address";
    return organizationPage(context, 400, { ...shown, name: entered, error });
  }
  const organization = context.data.organizations.first(eq("name", text));
  if (organization !== undefined && mayEnter(client, organization)) return choose(visit, organization);
  const error = "The organization you entered is invalid";
  return organizationPage(context, 400, { ...shown, name: entered, error });
}

/** The organizations of whoever is signed in here; none without a session. */
function ownOrganizations({ context, call, transaction }: Visit): OrganizationRecord[] {
  const session = currentSession(context, call);
  const { client } = subjectOf(context, transaction);
  return session === undefined ? [] : organizationsOf(context, client, session);
}

function submitChoice(visit: Visit, form: Parameters): Reply {
  const shown = frame(visit, "picker");
  if (shown.mayBePersonal && form.choice === "personal") return choose(visit, undefined);
  const organizations = ownOrganizations(visit);
  const chosen = organizations.find(({ id }) => id === form.organization);
  if (chosen !== undefined) return choose(visit, chosen);
  return pickerPage(visit.context, 400, { ...shown, organizations });
}

/** The pages that ask for the organization: before login by its name, after it among one's own. */
export const organizationPageRoutes = [
  ...routesOfPage({
    path: "/u/organization",
    operation: "organization",
    show: (visit) =>
      organizationPage(visit.context, 200, {
        ...frame(visit, "organization"),
        name: "",
        error: undefined,
      }),
    submit: submitName,
  }),
  ...routesOfPage({
    path: "/u/organization/picker",
    operation: "organization_picker",
    show: (visit) =>
      pickerPage(visit.context, 200, {
        ...frame(visit, "picker"),
        organizations: ownOrganizations(visit),
      }),
    submit: submitChoice,
  }),
];
