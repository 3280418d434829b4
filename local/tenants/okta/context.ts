import { routesOf } from "../kit/routes.ts";
import type { Store } from "../kit/store.ts";
import type { Clock } from "../kit/times.ts";
import { apps, clientSecrets, grants, groupAssignments } from "./apps/record.ts";
import {
  authorizationServers,
  claims,
  policies,
  rules,
  scopes,
  signingKeys,
} from "./authorization-servers/record.ts";
import { accessPolicies, groups, inlineHooks, orgs, users } from "./org/record.ts";
import type { OrgRecord } from "./org/record.ts";
import { oktaTime } from "./times.ts";

/** Opens all collections of a store. */
function openData(store: Store) {
  return {
    accessPolicies: store.collection(accessPolicies),
    apps: store.collection(apps),
    authorizationServers: store.collection(authorizationServers),
    claims: store.collection(claims),
    clientSecrets: store.collection(clientSecrets),
    grants: store.collection(grants),
    groupAssignments: store.collection(groupAssignments),
    groups: store.collection(groups),
    inlineHooks: store.collection(inlineHooks),
    orgs: store.collection(orgs),
    policies: store.collection(policies),
    rules: store.collection(rules),
    scopes: store.collection(scopes),
    signingKeys: store.collection(signingKeys),
    users: store.collection(users),
  };
}

/** What is stored in an org, collection by collection. */
export type OktaData = ReturnType<typeof openData>;

/** What the handlers of the org's routes work with. */
export interface OktaContext {
  readonly data: OktaData;
  /** The org's own document. */
  readonly org: () => OrgRecord;
  /** The present time as Okta writes it. */
  readonly now: () => string;
}

/** Declares a route of the org. */
export const route = routesOf<OktaContext>();

/** Opens an org that is kept in a store; it is empty until it is born. */
export function openContext(store: Store, clock: Clock): OktaContext {
  const data = openData(store);
  return {
    data,
    org: () => {
      const [org] = data.orgs.find();
      if (org === undefined) throw new Error("The store holds no org: it was never born.");
      return org;
    },
    now: () => oktaTime(clock),
  };
}
