import type { OktaContext } from "../context.ts";
import { newId } from "../ids.ts";
import { addSigningKeys } from "./keys.ts";
import type { ClaimRecord, ScopeRecord, ServerRecord } from "./record.ts";

/** The OpenID Connect scopes that every server has from the start, in Okta's words: name, title, description. */
const OPENID_SCOPES = `
openid|openid|Signals that a request is an OpenID request.
profile|View your profile information.|The exact data varies based on what profile information you have provided, such as: name, time zone, picture, or birthday.
email|View your email address.|This allows the app to view your email address.
address|View your address.|This allows the app to view your address, such as: street address, city, state, and zip code.
phone|View your phone number.|This allows the app to view your phone number.
offline_access|Keep you signed in to the app.|This keeps you signed in to the app, even when you are not using it.
device_sso|Request device secret.|This allows you to single sign on between native client applications on your device.`;

/**
 * The scopes that only the server `default` has from the start, before those of OpenID Connect: what people may do
 * with their own account, in Okta's words. Before each name stands `okta.myAccount.`, before each description "Allows
 * the end user to".
 */
const MY_ACCOUNT_SCOPES = `
appAuthenticator.maintenance.manage|Manage non-sensitive attributes of my account app authenticator enrollment|manage non-sensitive attributes of their app authenticator enrollment
appAuthenticator.maintenance.read|Read non-sensitive attributes of my account app authenticator enrollment|read non-sensitive attributes of their app authenticator enrollment
appAuthenticator.manage|Manage my account app authenticator enrollment|manage their app authenticator enrollment
appAuthenticator.read|Read my account app authenticator enrollment|read their app authenticator enrollment
authenticators.manage|Manage my account authenticator enrollments|manage their account authenticator enrollments
authenticators.read|Read my account authenticator enrollments|read their account authenticator enrollments
customAuthenticator.manage|Manage my account custom authenticator|manage their custom authenticators
customAuthenticator.read|Read my account custom authenticator|read their custom authenticators
email.manage|Manage my account email |manage their email addresses
email.read|Read my account email|read their email addresses
manage|Manage my account|manage their account profile, email addresses, and phone numbers
oktaApplications.read|Read my Okta applications|read their Okta applications information
organization.read|Read my account org details|read their account org details information
password.manage|Manage my account password|manage their account password
password.read|Read my account password enrollment|read their account password enrollment
phone.manage|Manage my account phone number|manage their phone numbers
phone.read|Read my account phone number|read their phone numbers
profile.manage|Manage my account profile|manage their account profile
profile.read|Read my account profile|read their account profile
read|Read my account|read their account profile, email addresses, and phone numbers`;

/**
 * The claims that every server has from the start, with the scope that each is for, in the order in which Okta
 * lists them. `sub` is the only one of access tokens.
 */
const CLAIMS = [
  ["middle_name", "profile"],
  ["zoneinfo", "profile"],
  ["website", "profile"],
  ["updated_at", "profile"],
  ["profile", "profile"],
  ["preferred_username", "profile"],
  ["picture", "profile"],
  ["phone_number", "phone"],
  ["nickname", "profile"],
  ["name", "profile"],
  ["sub"],
  ["locale", "profile"],
  ["given_name", "profile"],
  ["gender", "profile"],
  ["family_name", "profile"],
  ["email_verified", "email"],
  ["email", "email"],
  ["birthdate", "profile"],
  ["address", "address"],
] as const;

/** Claims that are in every token without being asked for. */
const ALWAYS_INCLUDED: readonly string[] = ["email", "name", "preferred_username", "sub"];

/** Adds an authorization server with what each has from the start: keys, scopes, claims. */
export function addServer({ data }: OktaContext, server: ServerRecord): ServerRecord {
  data.authorizationServers.insert(server);
  addSigningKeys(data, server.id, server.signing.kid);
  if (server.default) {
    for (const [name, displayName, what] of rowsOf(MY_ACCOUNT_SCOPES)) {
      const description = `Allows the end user to ${what}.`;
      data.scopes.insert(scope(server, `okta.myAccount.${name}`, displayName, description, false));
    }
  }
  for (const row of rowsOf(OPENID_SCOPES)) data.scopes.insert(scope(server, ...row, true));
  for (const [name, ...scopes] of CLAIMS) data.claims.insert(claim(server, name, scopes));
  return server;
}

function rowsOf(table: string): [name: string, displayName: string, description: string][] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", displayName = "", description = ""] = line.split("|");
      return [name, displayName, description];
    });
}

/** A scope that everybody may know of and nobody has to consent to. */
function scope(
  { id: serverId }: ServerRecord,
  name: string,
  displayName: string,
  description: string,
  system: boolean,
): ScopeRecord {
  return {
    id: newId("scope"),
    serverId,
    name,
    displayName,
    description,
    system,
    metadataPublish: "ALL_CLIENTS",
    consent: "IMPLICIT",
    optional: false,
    default: false,
  };
}

function claim({ id: serverId }: ServerRecord, name: string, scopes: readonly string[]): ClaimRecord {
  return {
    id: newId("claim"),
    serverId,
    name,
    status: "ACTIVE",
    system: true,
    ...(name === "sub"
      ? {
          claimType: "RESOURCE",
          valueType: "EXPRESSION",
          value: "(appuser != null) ? appuser.userName : app.clientId",
        }
      : { claimType: "IDENTITY", valueType: "SYSTEM" }),
    scopes: [...scopes],
    alwaysIncludeInToken: ALWAYS_INCLUDED.includes(name),
  };
}
