import { epochSeconds, routesOf } from "@ai-api-access/emulator-core";
import type { Clock, Store } from "@ai-api-access/emulator-core";
import { apps, appUsers, clientRoles, clientSecrets, grants, groupAssignments } from "./apps/record.ts";
import {
  authorizationServers,
  claims,
  policies,
  rules,
  scopes,
  signingKeys,
} from "./authorization-servers/record.ts";
import { groupMembers, groupRules, groups } from "./groups/record.ts";
import { revokedTokens, usedAssertions, usedProofs } from "./oauth/record.ts";
import { accessPolicies, inlineHooks, orgs } from "./org/record.ts";
import type { OrgRecord } from "./org/record.ts";
import { codes, signIns } from "./sign-in/record.ts";
import { oktaTime } from "./times.ts";
import { passwords, userRoles, users, userTypes } from "./users/record.ts";

/** Opens all collections of a store. */
function openData(store: Store) {
  return {
    accessPolicies: store.collection(accessPolicies),
    apps: store.collection(apps),
    appUsers: store.collection(appUsers),
    authorizationServers: store.collection(authorizationServers),
    claims: store.collection(claims),
    codes: store.collection(codes),
    clientRoles: store.collection(clientRoles),
    clientSecrets: store.collection(clientSecrets),
    grants: store.collection(grants),
    groupAssignments: store.collection(groupAssignments),
    groupMembers: store.collection(groupMembers),
    groupRules: store.collection(groupRules),
    groups: store.collection(groups),
    inlineHooks: store.collection(inlineHooks),
    orgs: store.collection(orgs),
    passwords: store.collection(passwords),
    policies: store.collection(policies),
    revokedTokens: store.collection(revokedTokens),
    rules: store.collection(rules),
    scopes: store.collection(scopes),
    signingKeys: store.collection(signingKeys),
    signIns: store.collection(signIns),
    usedAssertions: store.collection(usedAssertions),
    usedProofs: store.collection(usedProofs),
    userRoles: store.collection(userRoles),
    users: store.collection(users),
    userTypes: store.collection(userTypes),
  };
}

/** What is stored in an org, collection by collection. */
export type OktaData = ReturnType<typeof openData>;

/** What the handlers of the org's routes work with. */
export interface OktaContext {
  readonly data: OktaData;
  /** The org's own record. */
  readonly org: () => OrgRecord;
  /** The present time as Okta writes it. */
  readonly now: () => string;
  /** The present time in whole seconds since 1970, as tokens count it. */
  readonly seconds: () => number;
  /** A redirect URI as applications register it: on the origin that its own stands for. */
  readonly registered: (uri: string) => string;
  /** For handlers that have to wait: runs `work` with all of its writes kept, or none when it throws. */
  readonly transaction: <R>(work: () => R) => R;
}

/** Declares a route of the org. */
export const route = routesOf<OktaContext>();

/** Opens an org that is kept in a store; it is empty until it is seeded. */
export function openContext(
  store: Store,
  clock: Clock,
  sameOrigins: Readonly<Record<string, string>> = {},
): OktaContext {
  const data = openData(store);
  return {
    data,
    org: () => {
      const [org] = data.orgs.find();
      if (org === undefined) throw new Error("The store holds no org: it was never seeded.");
      return org;
    },
    now: () => oktaTime(clock()),
    seconds: () => epochSeconds(clock),
    registered(uri) {
      const origin = URL.parse(uri)?.origin ?? "";
      const other = Object.hasOwn(sameOrigins, origin) ? sameOrigins[origin] : undefined;
      return other === undefined ? uri : uri.replace(origin, other);
    },
    transaction: (work) => store.transaction(work),
  };
}
