import { count } from "../../shared/count.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";
import { neededScopes, OKTA_SCOPES } from "../needs/scopes.ts";
import type { Examined } from "../examine.ts";

/** The scopes of the Management API that this stack needs against those that its token has, named one by one. */
export function checkScopes(
  { registrations, functions }: Examined,
  granted: readonly string[] | undefined,
): Check[] {
  if (granted === undefined) return [unchecked("scopes", "the token of Auth0 does not say what it allows")];
  const needed = neededScopes(registrations, functions);
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
export function checkOktaScopes(granted: readonly string[] | undefined): Check[] {
  if (granted === undefined) return [];
  return OKTA_SCOPES.filter((scope) => !granted.includes(scope)).map((scope) =>
    wrong(
      "scopes",
      `${scope} was not given`,
      "name it in okta:scopes, and grant it to the app of okta:clientId (Applications > Okta API Scopes)",
    ),
  );
}
