import type { OktaContext } from "../context.ts";
import { newId } from "../ids.ts";
import { addSigningKeys } from "./keys.ts";
import type { ClaimRecord, ScopeRecord, ServerRecord } from "./record.ts";

/** The OpenID Connect scopes that every server has from the start, in Okta's words. */
const SYSTEM_SCOPES = [
  ["openid", "openid", "Signals that a request is an OpenID request."],
  [
    "profile",
    "View your profile information.",
    "The exact data varies based on what profile information you have provided, such as: name, time zone, picture, or birthday.",
  ],
  ["email", "View your email address.", "This allows the app to view your email address."],
  [
    "address",
    "View your address.",
    "This allows the app to view your address, such as: street address, city, state, and zip code.",
  ],
  ["phone", "View your phone number.", "This allows the app to view your phone number."],
  [
    "offline_access",
    "Keep you signed in to the app.",
    "This keeps you signed in to the app, even when you are not using it.",
  ],
  [
    "device_sso",
    "Request device secret.",
    "This allows you to single sign on between native client applications on your device.",
  ],
] as const;

/**
 * The claims that every server has from the start, with the scopes that each is for, in the order in which Okta
 * lists them. `sub` is the only one of access tokens.
 */
const SYSTEM_CLAIMS = [
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

/**
 * Adds an authorization server with everything that a new one has: keys, OpenID Connect scopes, claims.
 * `scopes` come before its own.
 */
export function addServer(
  context: OktaContext,
  server: ServerRecord,
  scopes: readonly ScopeRecord[] = [],
): ServerRecord {
  const { data } = context;
  data.authorizationServers.insert(server);
  addSigningKeys(data, server.id, server.signing.kid);
  for (const scope of [...scopes, ...systemScopes(server.id)]) data.scopes.insert(scope);
  for (const claim of systemClaims(server.id)) data.claims.insert(claim);
  return server;
}

function systemScopes(serverId: string): ScopeRecord[] {
  return SYSTEM_SCOPES.map(([name, displayName, description]) => ({
    ...publicScope(serverId, name, displayName, description),
    system: true,
  }));
}

/** A scope that everybody may know of and nobody has to consent to. */
export function publicScope(
  serverId: string,
  name: string,
  displayName: string,
  description: string,
): ScopeRecord {
  return {
    id: newId("scope"),
    serverId,
    name,
    displayName,
    description,
    system: false,
    metadataPublish: "ALL_CLIENTS",
    consent: "IMPLICIT",
    optional: false,
    default: false,
  };
}

function systemClaims(serverId: string): ClaimRecord[] {
  return SYSTEM_CLAIMS.map(([name, ...scopes]): ClaimRecord => ({
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
    scopes,
    alwaysIncludeInToken: ALWAYS_INCLUDED.includes(name),
  }));
}
