import type { Client, Organization } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { clientSettings } from "../client-settings.ts";
import type { Session, Transaction } from "../collections.ts";
import { loginOptions } from "./connections.ts";
import type { LoginOption } from "./connections.ts";
import { AuthorizeError, PageError } from "./errors.ts";
import { enterOrganization, organizationsOf } from "./membership.ts";

/** The pages that a person may come by on the way to a code. */
const PAGES = {
  login: "/u/login",
  signup: "/u/signup",
  organization: "/u/organization",
  picker: "/u/organization/picker",
} as const;

export type PageName = keyof typeof PAGES;

/** The place of a page, for a request on its way. */
export function placeOf(page: PageName | "resume", { id }: Transaction): string {
  const path = page === "resume" ? "/authorize/resume" : PAGES[page];
  return `${path}?state=${encodeURIComponent(id)}`;
}

/** What comes next for an authorization request: a page to show, or the code. */
export type Step =
  | { readonly page: PageName }
  | { readonly session: Session; readonly organization: Organization | undefined };

/** What a request is about, read anew at every step: applications and organizations may be gone by then. */
export interface Subject {
  readonly client: Client;
  readonly organization: Organization | undefined;
}

/** The application and the organization of a request on its way. */
export function subjectOf({ db }: Auth0Context, transaction: Transaction): Subject {
  const client = db.clients.get(transaction.client_id);
  if (client === undefined) {
    throw new PageError(
      400,
      `Unknown client: ${transaction.client_id}`,
      "The application was deleted meanwhile.",
    );
  }
  const { organization_id: id } = transaction;
  const organization = id === undefined ? undefined : db.organizations.get(id);
  if (id !== undefined && organization === undefined) {
    throw new AuthorizeError("invalid_request", `parameter organization is invalid: ${id}`);
  }
  return { client, organization };
}

/** The connections that a request on its way may sign in with. */
export function optionsOf(context: Auth0Context, transaction: Transaction): readonly LoginOption[] {
  const { client, organization } = subjectOf(context, transaction);
  return loginOptions(context.db, client, organization, transaction.connection);
}

/**
 * Decides what comes next. Where nothing is missing, the person enters the organization, and perhaps becomes its
 * member. Throws what goes back to the application.
 */
export function nextStep(
  context: Auth0Context,
  transaction: Transaction,
  session: Session | undefined,
): Step {
  const { client, organization } = subjectOf(context, transaction);
  const prompt = organizationPrompt(client, transaction);
  if (prompt === "pre_login_prompt") return { page: "organization" };
  const options = optionsOf(context, transaction);
  if (session === undefined || !suits(session, transaction, options)) {
    const signup = transaction.screen === "signup" && options.some((option) => option.signup);
    return { page: signup ? "signup" : "login" };
  }
  if (prompt === "post_login_prompt") return afterLogin(context, client, session);
  if (organization !== undefined) enterOrganization(context, organization, session);
  return { session, organization };
}

/** Whether, and when, a person has to be asked for an organization (Auth0 docs: define organization behavior). */
function organizationPrompt(client: Client, transaction: Transaction) {
  const settings = clientSettings(client);
  if (transaction.organization_id !== undefined || transaction.personal) return "no_prompt";
  return settings.organization_usage === "deny" ? "no_prompt" : settings.organization_require_behavior;
}

function suits(session: Session, transaction: Transaction, options: readonly LoginOption[]): boolean {
  return (
    session.id !== transaction.stale_session_id &&
    session.authenticated_at >= (transaction.session_since ?? 0) &&
    options.some(({ connection }) => connection.name === session.connection)
  );
}

function afterLogin(context: Auth0Context, client: Client, session: Session): Step {
  const required = clientSettings(client).organization_usage === "require";
  const [only, ...more] = organizationsOf(context, session);
  if (only === undefined) {
    if (!required) return { session, organization: undefined };
    const text = "client requires organization membership, but user does not belong to any organization";
    throw new AuthorizeError("invalid_request", text);
  }
  return required && more.length === 0 ? { session, organization: only } : { page: "picker" };
}
