import { publicScope } from "./born-with.ts";
import type { ScopeRecord } from "./record.ts";

/** What people may do with their own account, in Okta's words: name after `okta.myAccount.`, title, description. */
const MY_ACCOUNT = [
  [
    "appAuthenticator.maintenance.manage",
    "Manage non-sensitive attributes of my account app authenticator enrollment",
    "manage non-sensitive attributes of their app authenticator enrollment",
  ],
  [
    "appAuthenticator.maintenance.read",
    "Read non-sensitive attributes of my account app authenticator enrollment",
    "read non-sensitive attributes of their app authenticator enrollment",
  ],
  [
    "appAuthenticator.manage",
    "Manage my account app authenticator enrollment",
    "manage their app authenticator enrollment",
  ],
  [
    "appAuthenticator.read",
    "Read my account app authenticator enrollment",
    "read their app authenticator enrollment",
  ],
  [
    "authenticators.manage",
    "Manage my account authenticator enrollments",
    "manage their account authenticator enrollments",
  ],
  [
    "authenticators.read",
    "Read my account authenticator enrollments",
    "read their account authenticator enrollments",
  ],
  [
    "customAuthenticator.manage",
    "Manage my account custom authenticator",
    "manage their custom authenticators",
  ],
  ["customAuthenticator.read", "Read my account custom authenticator", "read their custom authenticators"],
  ["email.manage", "Manage my account email ", "manage their email addresses"],
  ["email.read", "Read my account email", "read their email addresses"],
  ["manage", "Manage my account", "manage their account profile, email addresses, and phone numbers"],
  ["oktaApplications.read", "Read my Okta applications", "read their Okta applications information"],
  ["organization.read", "Read my account org details", "read their account org details information"],
  ["password.manage", "Manage my account password", "manage their account password"],
  ["password.read", "Read my account password enrollment", "read their account password enrollment"],
  ["phone.manage", "Manage my account phone number", "manage their phone numbers"],
  ["phone.read", "Read my account phone number", "read their phone numbers"],
  ["profile.manage", "Manage my account profile", "manage their account profile"],
  ["profile.read", "Read my account profile", "read their account profile"],
  ["read", "Read my account", "read their account profile, email addresses, and phone numbers"],
] as const;

/** The scopes that only the server `default` of an org has from the start, before those of OpenID Connect. */
export function myAccountScopes(serverId: string): ScopeRecord[] {
  return MY_ACCOUNT.map(([name, title, what]) =>
    publicScope(serverId, `okta.myAccount.${name}`, title, `Allows the end user to ${what}.`),
  );
}
