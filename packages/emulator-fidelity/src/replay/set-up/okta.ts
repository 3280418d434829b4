import { isRecord, jsonSchema } from "@ai-api-access/emulator-core";
import type { Collections } from "../target.ts";
import { only, placed, textAt } from "./kind.ts";
import type { Fact, Kind, Shown } from "./kind.ts";

const id = (shown: Shown) => textAt(shown, "id");
const profileOf = (shown: Shown): Shown => (isRecord(shown.profile) ? shown.profile : {});

/** Changes the org's one record. */
function changeOrg(collections: Collections, change: (org: Shown) => Shown): Collections {
  const [org] = collections.org ?? [];
  return isRecord(org)
    ? { ...collections, org: [jsonSchema.parse({ ...org, ...change(org) })] }
    : collections;
}

/** A feature of an org that shows only in the properties of its things. */
function feature(
  shownBy: readonly string[],
  list: "features" | "settings",
  name: string,
  isOn: (shown: Shown) => boolean | undefined,
): Fact {
  return {
    by: "fact",
    name: `feature ${name}`,
    shownBy,
    apply: (shown, collections) => {
      const on = shown.map(isOn).find((answer) => answer !== undefined);
      if (on === undefined) return collections;
      return changeOrg(collections, (org) => {
        const known = org[list];
        return isRecord(known) && name in known ? { [list]: { ...known, [name]: on } } : {};
      });
    },
  };
}

const APPS = ["createApplication", "getApplication"];
const GROUPS = ["listGroups", "getGroup", "addGroup", "replaceGroup"];
const USERS = ["createUser", "getUser", "listUsers", "listGroupUsers"];
const SERVERS = ["createAuthorizationServer", "getAuthorizationServer", "listAuthorizationServers"];

const facts: readonly Fact[] = [
  {
    by: "fact",
    name: "org",
    echoes: true,
    shownBy: ["getWellknownOrgMetadata"],
    apply: ([first = {}], collections) =>
      changeOrg(collections, () => only(first, "id", "cell", "pipeline", "settings")),
  },
  {
    ...feature(SERVERS, "features", "apiAccessManagement", ({ errorCode }) => errorCode !== "E0000015"),
    inRefusals: true,
  },
  feature(GROUPS, "features", "groupOwners", ({ _links: links }) =>
    isRecord(links) ? "owners" in links : undefined,
  ),
  feature(USERS, "features", "realms", ({ profile, realmId }) =>
    isRecord(profile) ? realmId !== undefined : undefined,
  ),
  feature(["createUser", "getUser"], "features", "resetFactors", ({ status, _links: links }) =>
    isRecord(links) && status !== "DEPROVISIONED" ? "resetFactors" in links : undefined,
  ),
  feature(APPS, "settings", "itpEnabled", (shown) =>
    "universalLogout" in shown ? shown.universalLogout !== null : undefined,
  ),
  feature(APPS, "features", "participateSlo", ({ settings }) =>
    isRecord(settings) && isRecord(settings.oauthClient)
      ? "participate_slo" in settings.oauthClient
      : undefined,
  ),
];

/** What recorded Okta orgs were and held, in the order in which it has to be made. */
export const oktaKinds: readonly Kind[] = [
  ...facts,
  placed(
    "authentication policy",
    "access_policies",
    { listedBy: "listPolicies", shownBy: ["getPolicy"], madeBy: ["createPolicy"] },
    {
      // Policies of other types have lists of their own, which the org does not hold.
      id: (shown) => (shown.type === undefined || shown.type === "ACCESS_POLICY" ? id(shown) : undefined),
      document: (shown) => ({
        ...only(shown, "id", "name", "description", "system", "created", "lastUpdated"),
        ...(isRecord(shown._embedded) ? only(shown._embedded, "resourceType") : {}),
      }),
    },
  ),
  {
    by: "api",
    name: "group",
    shownBy: ["listGroups", "getGroup"],
    madeBy: ["addGroup"],
    id,
    natural: (shown) => textAt(profileOf(shown), "name"),
    list: "/api/v1/groups",
    create: (shown) => ({ path: "/api/v1/groups", body: { profile: profileOf(shown) } }),
  },
  {
    by: "api",
    name: "authorization server",
    shownBy: ["listAuthorizationServers", "getAuthorizationServer"],
    madeBy: ["createAuthorizationServer"],
    id,
    natural: (shown) => textAt(shown, "name"),
    list: "/api/v1/authorizationServers",
    create: (shown) => ({
      path: "/api/v1/authorizationServers",
      body: only(shown, "name", "description", "audiences", "issuerMode", "credentials"),
    }),
  },
  {
    by: "api",
    name: "application",
    shownBy: ["listApplications", "getApplication"],
    madeBy: ["createApplication"],
    id,
    natural: (shown) => textAt(shown, "label"),
    list: "/api/v1/apps",
    create: (shown) => ({
      path: "/api/v1/apps",
      body: only(shown, "name", "label", "signOnMode", "settings", "credentials", "visibility"),
    }),
  },
];
