import { isRecord, jsonSchema } from "../../tenants/kit/json.ts";
import { only, post, textAt } from "./kind.ts";
import type { Kind, Shown } from "./kind.ts";

const id = (shown: Shown) => textAt(shown, "id");
const named = (shown: Shown) => textAt(shown, "name");
const profileOf = (shown: Shown): Shown => (isRecord(shown.profile) ? shown.profile : {});

/** What recorded Okta orgs held, in the order in which it has to be made. */
export const oktaKinds: readonly Kind[] = [
  {
    name: "org",
    shownBy: ["getWellknownOrgMetadata"],
    madeBy: [],
    id,
    place: ([first], collections) => {
      const [org] = collections.org ?? [];
      if (first === undefined || !isRecord(org)) return collections;
      const facts = only(first, "id", "cell", "pipeline", "settings");
      return { ...collections, org: [jsonSchema.parse({ ...org, ...facts })] };
    },
  },
  {
    name: "authentication policy",
    shownBy: ["listPolicies", "getPolicy"],
    madeBy: ["createPolicy"],
    id,
    natural: named,
    list: "/api/v1/policies?type=ACCESS_POLICY",
    place: (all, collections) => {
      const policies = all.filter(({ type }) => type === "ACCESS_POLICY");
      const facts = policies.map((shown) =>
        jsonSchema.parse(only(shown, "id", "name", "description", "system", "created", "lastUpdated")),
      );
      return { ...collections, access_policies: [...(collections.access_policies ?? []), ...facts] };
    },
  },
  {
    name: "group",
    shownBy: ["listGroups", "getGroup"],
    madeBy: ["addGroup"],
    id,
    natural: (shown) => textAt(profileOf(shown), "name"),
    list: "/api/v1/groups",
    create: (shown) => post("/api/v1/groups", { profile: profileOf(shown) }),
  },
  {
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
