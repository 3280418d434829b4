import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** Minutes. Okta takes 5 to 1440 for an access token and gives 60; Auth0 gives a day. */
interface Limits {
  readonly machineMinutes?: number;
  readonly peopleMinutes?: number;
}
const MACHINE_MINUTES = 60;
const PEOPLE_MINUTES = 1440;

/** What the vendors give where a new one does not say it: Okta in minutes, Auth0 in seconds. */
const LEFT_OUT = { okta: 60, auth0: 86_400 };

export const tokenLifetime: ResourceValidationPolicy = {
  name: "token-lifetime",
  description: "An access token cannot be taken back, so it does not live longer than the limit.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps:
    "Shorten serviceApp.accessTokenLifetimeMinutes or api.tokenLifetimeSeconds, or raise the limit on purpose.",
  configSchema: {
    properties: {
      machineMinutes: {
        type: "integer",
        minimum: 5,
        maximum: 1440,
        default: MACHINE_MINUTES,
        description: "The longest life of a machine's token, in minutes.",
      },
      peopleMinutes: {
        type: "integer",
        minimum: 1,
        maximum: 43_200,
        default: PEOPLE_MINUTES,
        description: "The longest life of a person's token, in minutes.",
      },
    },
  },
  validateResource: [
    validateResourceOfType(okta.auth.ServerPolicyRule, (rule, args, report) => {
      const { machineMinutes: limit = MACHINE_MINUTES } = args.getConfig<Limits>();
      const minutes = rule.accessTokenLifetimeMinutes ?? LEFT_OUT.okta;
      if (minutes > limit) {
        report(`Its access tokens live ${String(minutes)} minutes; the limit is ${String(limit)}.`);
      }
    }),
    validateResourceOfType(auth0.ResourceServer, (api, args, report) => {
      const { peopleMinutes: limit = PEOPLE_MINUTES } = args.getConfig<Limits>();
      const { tokenLifetime = LEFT_OUT.auth0, tokenLifetimeForWeb = 0 } = api;
      const seconds = Math.max(tokenLifetime, tokenLifetimeForWeb);
      if (seconds > limit * 60) {
        const said = api.tokenLifetime === undefined ? ", which Auth0 gives where nothing is said" : "";
        report(
          `Its access tokens live ${String(seconds)} seconds${said}; the limit is ${String(limit * 60)}.`,
        );
      }
    }),
  ],
};
