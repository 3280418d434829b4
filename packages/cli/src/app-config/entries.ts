/** The app configuration as a flat list: what every format writes and what a check compares. */
import type { AppConfigValues } from "./contract.ts";

/** One value, under the names that the formats know it by. */
export interface Entry {
  /** Where it stands in the JSON file: `okta.clientSecret`. */
  readonly path: string;
  /** The environment variable: `AI_API_OKTA_CLIENT_SECRET`. */
  readonly variable: string;
  readonly secret: boolean;
  readonly value: string | readonly string[];
}

interface Name extends Omit<Entry, "value"> {
  valueOf(config: AppConfigValues): Entry["value"] | undefined;
}

/**
 * Every value there is, in the order in which it is written. The variables have a prefix of their own because the
 * Auth0 and Okta plugins of Pulumi read `AUTH0_CLIENT_ID` and others like it.
 */
export const NAMES: readonly Name[] = [
  ...namesOf("auth0", {
    issuer: "ISSUER",
    audience: "AUDIENCE",
    organizationId: "ORGANIZATION_ID",
    organizationName: "ORGANIZATION_NAME",
    organizationDomain: "ORGANIZATION_DOMAIN",
    clientId: "CLIENT_ID",
  }),
  ...namesOf("okta", {
    issuer: "ISSUER",
    tokenEndpoint: "TOKEN_ENDPOINT",
    audience: "AUDIENCE",
    clientId: "CLIENT_ID",
    clientSecret: "CLIENT_SECRET",
    scopes: "SCOPES",
  }),
];

function namesOf<Part extends keyof AppConfigValues>(
  part: Part,
  endings: Readonly<Record<keyof Required<AppConfigValues[Part]>, string>>,
): Name[] {
  return Object.entries<string>(endings).map(([name, ending]) => ({
    path: `${part}.${name}`,
    variable: `AI_API_${part.toUpperCase()}_${ending}`,
    secret: name === "clientSecret",
    valueOf: (config) => new Map<string, Entry["value"]>(Object.entries(config[part])).get(name),
  }));
}

/** The values that a configuration has. */
export function entriesOf(config: AppConfigValues): Entry[] {
  return NAMES.flatMap((name) => {
    const value = name.valueOf(config);
    return value === undefined
      ? []
      : [{ path: name.path, variable: name.variable, secret: name.secret, value }];
  });
}

/** A value in one line; lists as OAuth writes them, separated by blanks. */
export function inLine(value: Entry["value"]): string {
  return typeof value === "string" ? value : value.join(" ");
}
