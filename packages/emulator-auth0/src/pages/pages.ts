import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Eta } from "eta";
import { htmlReply } from "@ai-api-access/emulator-core";
import type { Reply } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import type { OrganizationRecord } from "../management/organizations/record.ts";
import { brandOf, NEUTRAL } from "./branding.ts";
import type { Brand } from "./branding.ts";

const eta = new Eta({ views: join(import.meta.dirname, "templates"), cache: true });

/** What every page of a sign-in shows. */
interface Frame {
  /** Whose look the page has; the tenant's without one. */
  readonly organization: OrganizationRecord | undefined;
  /** Name of the application that the person comes from. */
  readonly application: string;
  /** Where the form goes. */
  readonly action: string;
  readonly formToken: string;
}

interface LoginModel extends Frame {
  readonly database:
    | {
        readonly withUsername: boolean;
        /** Where an account can be made, if it can. */
        readonly signup: string | undefined;
        readonly people: readonly { readonly email: string; readonly password: string }[];
      }
    | undefined;
  readonly buttons: readonly { readonly name: string; readonly label: string }[];
  readonly login: string;
  readonly error: string | undefined;
}

/** The login page. */
export function loginPage(context: Auth0Context, status: number, model: LoginModel): Reply {
  return framed(context, "login", status, `Log in | ${model.application}`, model);
}

interface SocialModel extends Frame {
  /** The vendor that the page stands in for. */
  readonly provider: string;
  readonly people: readonly { readonly name: string; readonly email: string }[];
  readonly email: string;
  readonly error: string | undefined;
}

/** The page in place of a social provider's. */
export function socialPage(context: Auth0Context, status: number, model: SocialModel): Reply {
  return framed(context, "social", status, `In place of ${model.provider} | ${model.application}`, model);
}

interface SignupModel extends Frame {
  readonly login: string;
  readonly email: string;
  readonly error: string | undefined;
}

/** The page on which somebody makes an account. */
export function signupPage(context: Auth0Context, status: number, model: SignupModel): Reply {
  return framed(context, "signup", status, `Sign up | ${model.application}`, model);
}

interface OrganizationModel extends Frame {
  readonly name: string;
  /** Whether an email address does, too. */
  readonly byEmail: boolean;
  readonly mayBePersonal: boolean;
  readonly error: string | undefined;
}

/** The page that asks for the organization before login. */
export function organizationPage(context: Auth0Context, status: number, model: OrganizationModel): Reply {
  return framed(context, "organization", status, `Enter your organization | ${model.application}`, model);
}

interface PickerModel extends Frame {
  readonly organizations: readonly OrganizationRecord[];
  readonly mayBePersonal: boolean;
}

/** The page on which somebody chooses among their organizations after login. */
export function pickerPage(context: Auth0Context, status: number, model: PickerModel): Reply {
  const choices = model.organizations.map((one) => ({ id: one.id, brand: brandOf(context, one) }));
  const content = { ...model, choices };
  return framed(context, "picker", status, `Choose an Organization | ${model.application}`, content);
}

interface ConfirmModel extends Frame {
  /** Who is asked. */
  readonly person: string;
  /** Where the answer goes. */
  readonly callback: string;
}

/** The page that asks whether an answer may go to a callback that nobody can verify. */
export function confirmPage(context: Auth0Context, model: ConfirmModel): Reply {
  return framed(context, "confirm", 200, `Confirm Login | ${model.application}`, model);
}

interface ConsentModel extends ConfirmModel {
  /** Name of the API, if the application asks for one. */
  readonly api: string | undefined;
  readonly scopes: readonly { readonly value: string; readonly text: string }[];
}

/** The page that asks whether a third party's application may have what it asks for. */
export function consentPage(context: Auth0Context, model: ConsentModel): Reply {
  return framed(context, "consent", 200, `Authorize App | ${model.application}`, model);
}

interface LogoutModel {
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly confirm: string;
}

/** The page that asks whether to log out. */
export function logoutPage(context: Auth0Context, model: LogoutModel): Reply {
  return framed(context, "logout", 200, "Logout", { ...model, organization: undefined });
}

/** What went wrong, and what to do about it, for a person. */
export function errorPage(status: number, model: { readonly message: string; readonly hint: string }): Reply {
  return rendered("error", status, { title: "Something went wrong", brand: NEUTRAL }, model);
}

/** A form that sends itself to the application (OAuth 2.0 Form Post Response Mode). */
export function formPostPage(uri: string, parameters: Readonly<Record<string, string>>): Reply {
  const view = { title: "One moment", brand: NEUTRAL, script: true };
  return rendered("form-post", 200, view, { uri, parameters });
}

/** A page in the look of an organization or the tenant. */
function framed(
  context: Auth0Context,
  template: string,
  status: number,
  title: string,
  model: { readonly organization: OrganizationRecord | undefined },
): Reply {
  return rendered(template, status, { title, brand: brandOf(context, model.organization) }, model);
}

interface View {
  readonly title: string;
  readonly brand: Brand;
  readonly script?: boolean;
}

function rendered(template: string, status: number, view: View, content: object): Reply {
  const nonce = randomBytes(16).toString("base64");
  const { logo } = view.brand;
  return htmlReply(status, eta.render(template, { ...content, ...view, nonce }), {
    nonce,
    script: view.script,
    images: logo === undefined ? [] : [new URL(logo).origin],
  });
}
