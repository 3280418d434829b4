import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Eta } from "eta";
import { Reply } from "@ai-api-access/emulator-core";
import type { Collections, Organization } from "../collections.ts";
import { brandOf } from "./branding.ts";
import type { Brand } from "./branding.ts";

const eta = new Eta({ views: join(import.meta.dirname, "templates"), cache: true });

/** What every page of a sign-in shows. */
interface Frame {
  readonly db: Collections;
  /** Whose look the page has; the tenant's without one. */
  readonly organization: Organization | undefined;
  /** Name of the application that the person comes from. */
  readonly application: string;
  /** Where the form goes. */
  readonly action: string;
  readonly formToken: string;
}

/** The login page. */
export interface LoginModel extends Frame {
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

/** The page on which somebody makes an account. */
export interface SignupModel extends Frame {
  readonly login: string;
  readonly email: string;
  readonly error?: string;
}

/** The page that asks for the organization before login. */
export interface OrganizationModel extends Frame {
  readonly name: string;
  readonly mayBePersonal: boolean;
  readonly error: string | undefined;
}

/** The page on which somebody chooses among their organizations after login. */
export interface PickerModel extends Frame {
  readonly organizations: readonly Organization[];
  readonly mayBePersonal: boolean;
}

export function loginPage(status: number, model: LoginModel): Reply {
  return framed("login", status, `Log in | ${model.application}`, model);
}

export function signupPage(status: number, model: SignupModel): Reply {
  return framed("signup", status, `Sign up | ${model.application}`, model);
}

export function organizationPage(status: number, model: OrganizationModel): Reply {
  return framed("organization", status, `Enter your organization | ${model.application}`, model);
}

export function pickerPage(status: number, model: PickerModel): Reply {
  const choices = model.organizations.map((one) => ({ id: one.id, brand: brandOf(model.db, one) }));
  return framed("picker", status, `Choose an Organization | ${model.application}`, model, { choices });
}

/** The page that asks whether to log out. */
export function logoutPage(model: {
  readonly db: Collections;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly confirm: string;
}): Reply {
  return framed("logout", 200, "Logout", { db: model.db, organization: undefined }, model);
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

/** The look of pages that belong to nobody. */
const NEUTRAL = brandOf(undefined, undefined);

/** A page in the look of an organization or the tenant. */
function framed(
  template: string,
  status: number,
  title: string,
  model: { readonly db: Collections; readonly organization: Organization | undefined },
  more: object = {},
): Reply {
  const brand = brandOf(model.db, model.organization);
  return rendered(template, status, { title, brand }, { ...model, ...more });
}

interface View {
  readonly title: string;
  readonly brand: Brand;
  readonly script?: boolean;
}

function rendered(template: string, status: number, view: View, content: object): Reply {
  const nonce = randomBytes(16).toString("base64");
  return new Reply(status, eta.render(template, { ...content, ...view, nonce }), {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy(view, nonce),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
}

/**
 * The page's own style, and the logo. `form-action` is left out on purpose: browsers apply it to every redirect
 * that follows a form, so it would stop the way back to the application, and on from there.
 */
function policy({ brand, script }: View, nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === true ? [`script-src 'nonce-${nonce}'`] : []),
    `img-src data:${brand.logo === undefined ? "" : ` ${new URL(brand.logo).origin}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
