import { neededScopes, providerFunctions, resourceTypes, type Vendor } from "@ai-api-access/resource-catalog";
import { count } from "../../shared/count.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import type { Inspection } from "../inspect.ts";

type Declared = Pick<Inspection, "registrations" | "functions">;

/** Every scope of a vendor that the stack needs, with what it is needed for. */
export function scopesNeeded(
  { registrations, functions }: Declared,
  vendor: Vendor,
): ReadonlyMap<string, readonly string[]> {
  const ofVendor = <T extends { readonly vendor: Vendor }>(found: T | undefined): T[] =>
    found?.vendor === vendor ? [found] : [];
  return neededScopes(
    registrations.flatMap(({ type, retainOnDelete }) =>
      ofVendor(resourceTypes.get(type)).map((known) => ({ type: known, retainOnDelete })),
    ),
    [...functions].flatMap((token) => ofVendor(providerFunctions.get(token))),
  );
}

/** The scopes of the Management API that this stack needs against those that its token has, named one by one. */
export function checkScopes(declared: Declared, granted: readonly string[] | undefined): Check[] {
  if (granted === undefined) return [unchecked("scopes", "the token of Auth0 does not say what it allows")];
  const needed = scopesNeeded(declared, "auth0");
  const missing = [...needed].filter(([scope]) => !granted.includes(scope));
  if (missing.length === 0) {
    return [ok("scopes", `${count(needed.size, "scope")} of the Management API, all that this stack needs`)];
  }
  return missing.map(([scope, reasons]) =>
    wrong(
      "scopes",
      `${scope} is missing (for ${reasons.join(", ")})`,
      "in Auth0: Applications > APIs > Auth0 Management API > Machine to Machine Applications, tick it for the " +
        "application of auth0:clientId",
    ),
  );
}

/** The same for OAuth for Okta; an API token can do what its admin can. */
export function checkOktaScopes(declared: Declared, granted: readonly string[] | undefined): Check[] {
  if (granted === undefined) return [];
  const missing = [...scopesNeeded(declared, "okta").keys()].filter((scope) => !granted.includes(scope));
  return missing.map((scope) =>
    wrong(
      "scopes",
      `${scope} was not given`,
      "name it in okta:scopes, and grant it to the app of okta:clientId (Applications > Okta API Scopes)",
    ),
  );
}
