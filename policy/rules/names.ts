import { resourceTypes } from "@ai-api-access/resource-catalog";
import type { ResourceValidationPolicy } from "@pulumi/policy";

/** Types to which the providers give a name with a random end when none is declared. */
const NAMED = new Set([
  ...[...resourceTypes.values()].filter(({ namesItself }) => namesItself).map(({ token }) => token),
  // Of other stacks.
  "okta:auth/serverClaim:ServerClaim",
  "okta:group/group:Group",
]);

/** Where the providers note which properties they filled in themselves. */
const DEFAULTS = "__defaults";

export const explicitNames: ResourceValidationPolicy = {
  name: "explicit-names",
  description:
    "Everything has a name of its own: a scope with a random end is in no token that anybody asks for.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Set the property name.",
  validateResource: ({ type, name, props }, report) => {
    if (!NAMED.has(type)) return;
    const given: unknown = props.name;
    const defaults: unknown = props[DEFAULTS];
    const isDefault = Array.isArray(defaults) && defaults.includes("name");
    // `<logical name>-<7 hex digits>`, as the providers make it.
    const looksMade =
      typeof given === "string" &&
      given.startsWith(`${name}-`) &&
      /^-[0-9a-f]{7}$/.test(given.slice(name.length));
    const isEmpty = given === undefined || (typeof given === "string" && given.trim() === "");
    if (isEmpty || isDefault || looksMade) {
      report(
        `It has no name of its own, so the provider makes one up (${name}-1a2b3c4). Set the property name.`,
      );
    }
  },
};
