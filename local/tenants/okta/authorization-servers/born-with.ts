import type { OktaContext } from "../context.ts";
import { newId } from "../ids.ts";
import { addSigningKeys } from "./keys.ts";
import type { ClaimRecord, ScopeRecord, ServerRecord } from "./record.ts";

/** Okta docs, "Authorization Servers API": the OpenID Connect scopes that every server has from the start. */
const SYSTEM_SCOPES = [
  ["openid", "openid", "Signals that a request is an OpenID request", "IMPLICIT"],
  ["profile", "View your profile information.", "Name, time zone, picture and the like.", "IMPLICIT"],
  ["email", "View your email address.", "Allows this app to view your email address.", "IMPLICIT"],
  ["address", "View your address.", "Street address, city, state and zip code.", "IMPLICIT"],
  ["phone", "View your phone number.", "Allows this app to view your phone number.", "IMPLICIT"],
  [
    "offline_access",
    "Keep you signed in to the app.",
    "Signed in even when you are not using the app.",
    "IMPLICIT",
  ],
  [
    "device_sso",
    "Share a session between apps of a device.",
    "Lets apps on one device share a session.",
    "IMPLICIT",
  ],
] as const;

/** The claims that every server has from the start, with the scope that brings each into an ID token. */
const IDENTITY_CLAIMS = [
  ["address", "address"],
  ["birthdate", "profile"],
  ["email", "email"],
  ["email_verified", "email"],
  ["family_name", "profile"],
  ["gender", "profile"],
  ["given_name", "profile"],
  ["locale", "profile"],
  ["middle_name", "profile"],
  ["name", "profile"],
  ["nickname", "profile"],
  ["phone_number", "phone"],
  ["picture", "profile"],
  ["preferred_username", "profile"],
  ["profile", "profile"],
  ["updated_at", "profile"],
  ["website", "profile"],
  ["zoneinfo", "profile"],
] as const;

/** Identity claims that are in every ID token without being asked for. */
const ALWAYS_INCLUDED: readonly string[] = ["email", "name", "preferred_username"];

/** Adds an authorization server with everything that a new one has: keys, OpenID Connect scopes, claims. */
export function addServer(context: OktaContext, server: ServerRecord): ServerRecord {
  const { data } = context;
  data.authorizationServers.insert(server);
  addSigningKeys(data, server.id, server.signing.kid);
  for (const scope of systemScopes(server.id)) data.scopes.insert(scope);
  for (const claim of systemClaims(server.id)) data.claims.insert(claim);
  return server;
}

function systemScopes(serverId: string): ScopeRecord[] {
  return SYSTEM_SCOPES.map(([name, displayName, description, consent]) => ({
    id: newId("scope"),
    serverId,
    name,
    displayName,
    description,
    system: true,
    metadataPublish: "ALL_CLIENTS",
    consent,
    optional: false,
    default: false,
  }));
}

function systemClaims(serverId: string): ClaimRecord[] {
  const common = { serverId, status: "ACTIVE", system: true } as const;
  const identity = IDENTITY_CLAIMS.map(([name, scope]): ClaimRecord => ({
    ...common,
    id: newId("claim"),
    name,
    claimType: "IDENTITY",
    valueType: "SYSTEM",
    scopes: [scope],
    alwaysIncludeInToken: ALWAYS_INCLUDED.includes(name),
  }));
  const sub: ClaimRecord = {
    ...common,
    id: newId("claim"),
    name: "sub",
    claimType: "RESOURCE",
    valueType: "EXPRESSION",
    value: "(appuser != null) ? appuser.userName : app.clientId",
    scopes: [],
    alwaysIncludeInToken: true,
  };
  return [sub, ...identity];
}
