import { isRecord, jsonSchema } from "@ai-api-access/emulator-core/json.ts";
import type { Collections } from "../target.ts";
import { only, post, textAt } from "./kind.ts";
import type { Fact, Kind, Shown } from "./kind.ts";

const id = (shown: Shown) => textAt(shown, "id");
const named = (shown: Shown) => textAt(shown, "name");
const profileOf = (shown: Shown): Shown => (isRecord(shown.profile) ? shown.profile : {});

/** Changes what the org is, in its one document. */
function changeOrg(collections: Collections, change: (org: Shown) => Shown): Collections {
  const [org] = collections.org ?? [];
  return isRecord(org)
    ? { ...collections, org: [jsonSchema.parse({ ...org, ...change(org) })] }
    : collections;
}

/** Turns one of the org's features on or off, if the tenant has it as a feature. */
function setFeature(collections: Collections, list: "features" | "settings", name: string, on: boolean) {
  return changeOrg(collections, (org) => {
    const known = org[list];
    return isRecord(known) && name in known ? { [list]: { ...known, [name]: on } } : {};
  });
}

/** A feature of an org that shows only in what its things look like. */
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
      return on === undefined ? collections : setFeature(collections, list, name, on);
    },
  };
}

const apiAccessManagement: Fact = {
  ...feature(
    ["createAuthorizationServer", "getAuthorizationServer", "listAuthorizationServers"],
    "features",
    "apiAccessManagement",
    ({ errorCode }) => errorCode !== "E0000015",
  ),
  inRefusals: true,
};
const groupOwners = feature(
  ["listGroups", "getGroup", "addGroup", "replaceGroup"],
  "features",
  "groupOwners",
  ({ _links: links }) => (isRecord(links) ? "owners" in links : undefined),
);
const universalLogout = feature(["createApplication", "getApplication"], "settings", "itpEnabled", (shown) =>
  "universalLogout" in shown ? shown.universalLogout !== null : undefined,
);
const participateSlo = feature(
  ["createApplication", "getApplication"],
  "features",
  "participateSlo",
  ({ settings }) =>
    isRecord(settings) && isRecord(settings.oauthClient)
      ? "participate_slo" in settings.oauthClient
      : undefined,
);

const org: Fact = {
  by: "fact",
  name: "org",
  shownBy: ["getWellknownOrgMetadata"],
  apply: ([first = {}], collections) =>
    changeOrg(collections, () => only(first, "id", "cell", "pipeline", "settings")),
};

/** What recorded Okta orgs were and held, in the order in which it has to be made. */
export const oktaKinds: readonly Kind[] = [
  org,
  apiAccessManagement,
  groupOwners,
  universalLogout,
  participateSlo,
  {
    by: "document",
    name: "authentication policy",
    shownBy: ["listPolicies", "getPolicy"],
    listedBy: ["listPolicies"],
    madeBy: ["createPolicy"],
    // Policies of other types have lists of their own, which the org does not hold.
    id: (shown) => (shown.type === undefined || shown.type === "ACCESS_POLICY" ? id(shown) : undefined),
    natural: named,
    collection: "access_policies",
    document: (shown) => ({
      ...only(shown, "id", "name", "description", "system", "created", "lastUpdated"),
      ...(isRecord(shown._embedded) ? only(shown._embedded, "resourceType") : {}),
    }),
  },
  {
    by: "api",
    name: "group",
    shownBy: ["listGroups", "getGroup"],
    madeBy: ["addGroup"],
    id,
    natural: (shown) => textAt(profileOf(shown), "name"),
    list: "/api/v1/groups",
    create: (shown) => post("/api/v1/groups", { profile: profileOf(shown) }),
  },
  {
    by: "api",
    name: "authorization server",
    shownBy: ["listAuthorizationServers", "getAuthorizationServer"],
    madeBy: ["createAuthorizationServer"],
    id,
    natural: named,
    list: "/api/v1/authorizationServers",
    create: (shown) =>
      post(
        "/api/v1/authorizationServers",
        only(shown, "name", "description", "audiences", "issuerMode", "credentials"),
      ),
  },
  {
    by: "api",
    name: "application",
    shownBy: ["listApplications", "getApplication"],
    madeBy: ["createApplication"],
    id,
    natural: (shown) => textAt(shown, "label"),
    list: "/api/v1/apps",
    create: (shown) =>
      post(
        "/api/v1/apps",
        only(shown, "name", "label", "signOnMode", "settings", "credentials", "visibility"),
      ),
  },
];
