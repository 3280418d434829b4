import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { isDatabase } from "../../management/connections/find.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import { clientSettings } from "../client-settings.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { invalidRequest, PageError } from "./answer.ts";
import { lacksConsent } from "./consent.ts";
import type { Login } from "./consent.ts";
import { homeRealm, loginOptions } from "./connections.ts";
import type { LoginOption } from "./connections.ts";
import { invitationOf, isInvited } from "./invitations.ts";
import { enterOrganization, organizationsOf } from "./membership.ts";

/** The pages that a person may come by on the way to a code. */
const PAGES = {
  login: "/u/login",
  signup: "/u/signup",
  organization: "/u/organization",
  picker: "/u/organization/picker",
  federated: "/u/federated",
  social: "/u/social",
  consent: "/u/consent",
  confirm: "/u/confirm",
} as const;

export type PageName = keyof typeof PAGES;

/** The path of a page, or of where it goes on, for a request on its way. */
export function pathOf(page: PageName | "resume", { id }: TransactionRecord): string {
  const path = page === "resume" ? "/authorize/resume" : PAGES[page];
  return `${path}?state=${encodeURIComponent(id)}`;
}

/** What comes next for an authorization request: a page to show, or the code. */
export type Step =
  | { readonly page: PageName }
  | (Login & { readonly page: "consent" | "confirm" })
  | (Login & { readonly page?: never });

/** What a request on its way is about, read at every step: applications and organizations may be gone by then. */
interface Subject {
  readonly client: ClientRecord;
  readonly organization: OrganizationRecord | undefined;
}

/** The application and the organization of a request on its way. */
export function subjectOf({ data }: Auth0Context, transaction: TransactionRecord): Subject {
  const { client_id: clientId, organization_id: id } = transaction;
  const client = data.clients.get(clientId);
  if (client === undefined) {
    throw new PageError(400, `Unknown client: ${clientId}`, "The application was deleted meanwhile.");
  }
  const organization = id === undefined ? undefined : data.organizations.get(id);
  if (id !== undefined && organization === undefined) {
    throw invalidRequest(`parameter organization is invalid: ${id}`);
  }
  return { client, organization };
}

/** The connections that a request on its way may sign in with. */
export function optionsOf(context: Auth0Context, transaction: TransactionRecord): readonly LoginOption[] {
  const { client, organization } = subjectOf(context, transaction);
  const options = loginOptions(context, client, organization, transaction.connection);
  // Who is invited may make an account where nobody else may.
  if (invitationOf(context, transaction) === undefined) return options;
  return options.map((option) => ({ ...option, signup: isDatabase(option.connection) }));
}

/**
 * Decides what comes next. Where nothing is missing, the person enters the organization, and perhaps becomes its
 * member. Throws what goes back to the application.
 */
export function nextStep(
  context: Auth0Context,
  transaction: TransactionRecord,
  session: SessionRecord | undefined,
): Step {
  const { client, organization } = subjectOf(context, transaction);
  const prompt = organizationPrompt(client, transaction);
  if (prompt === "pre_login_prompt") return { page: "organization" };
  const options = optionsOf(context, transaction);
  const invitation = invitationOf(context, transaction);
  const isSomebodyElse =
    session !== undefined && invitation !== undefined && !isInvited(context, invitation, session.user_id);
  if (session === undefined || isSomebodyElse || !suits(session, transaction, options)) {
    if (isFederated(options, transaction)) return { page: "federated" };
    const signup = transaction.screen === "signup" && options.some((option) => option.signup);
    return { page: signup ? "signup" : "login" };
  }
  if (prompt === "post_login_prompt") {
    const step = afterLogin(context, client, session);
    return "page" in step ? step : askedOfThePerson(context, transaction, step);
  }
  if (organization !== undefined) enterOrganization(context, transaction, organization, session);
  return askedOfThePerson(context, transaction, { session, organization });
}

/** The page where the person's own word is missing yet. */
function askedOfThePerson(context: Auth0Context, transaction: TransactionRecord, login: Login): Step {
  if (lacksConsent(context, transaction, login)) return { ...login, page: "consent" };
  return transaction.to_confirm === true ? { ...login, page: "confirm" } : login;
}

/**
 * Whether somebody else signs the person in without a page before: the request names such a connection, or the email
 * address that it gives has a domain of one (Auth0 docs: Home Realm Discovery).
 */
function isFederated(options: readonly LoginOption[], transaction: TransactionRecord): boolean {
  const named = options.find(({ connection }) => connection.name === transaction.connection);
  const connection = named?.connection ?? homeRealm(options, transaction.login_hint);
  return connection !== undefined && !isDatabase(connection);
}

/** Whether, and when, a person has to be asked for an organization (Auth0 docs: define organization behavior). */
function organizationPrompt(client: ClientRecord, transaction: TransactionRecord) {
  const { organization_usage: usage, organization_require_behavior: behavior } = clientSettings(client);
  if (transaction.organization_id !== undefined || transaction.personal) return "no_prompt";
  return usage === "deny" ? "no_prompt" : behavior;
}

function suits(
  session: SessionRecord,
  transaction: TransactionRecord,
  options: readonly LoginOption[],
): boolean {
  return (
    session.id !== transaction.stale_session_id &&
    session.authenticated_at >= (transaction.session_since ?? 0) &&
    options.some(({ connection }) => connection.name === session.connection)
  );
}

function afterLogin(
  context: Auth0Context,
  client: ClientRecord,
  session: SessionRecord,
): Login | { readonly page: PageName } {
  const required = clientSettings(client).organization_usage === "require";
  const [only, ...more] = organizationsOf(context, client, session);
  if (only === undefined) {
    if (!required) return { session, organization: undefined };
    const text = "client requires organization membership, but user does not belong to any organization";
    throw invalidRequest(text);
  }
  return required && more.length === 0 ? { session, organization: only } : { page: "picker" };
}
