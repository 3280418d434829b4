import { HOST } from "../schema/auth0.ts";
import type { ConfigSource } from "../source.ts";
import { tenantDomain } from "../stack-config.ts";
import type { Finding } from "./finding.ts";

/** Keys of the providers that hold a secret, with the variable that does as well. */
const SECRETS: Readonly<Record<string, string>> = {
  "auth0:clientSecret": "AUTH0_CLIENT_SECRET",
  "auth0:apiToken": "AUTH0_API_TOKEN",
  "auth0:clientAssertionPrivateKey": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
  "okta:apiToken": "OKTA_API_TOKEN",
  "okta:accessToken": "OKTA_ACCESS_TOKEN",
  "okta:privateKey": "OKTA_API_PRIVATE_KEY",
};

/** The Auth0 provider does not mark its secrets as such: in plain text they would stand in the file and in the state. */
export function plainSecrets({ values, secretKeys }: ConfigSource): Finding[] {
  return Object.entries(SECRETS).flatMap(([key, variable]) => {
    const value = values[key];
    if (value === undefined || value === "" || secretKeys.includes(key)) return [];
    // Okta's private key may be the path of a file, which is no secret.
    if (key === "okta:privateKey" && !value.includes("PRIVATE KEY")) return [];
    return [
      {
        path: [key],
        mistake: {
          key,
          got: "a secret in plain text (not shown)",
          wants: `an encrypted value, or none here and ${variable} in the environment`,
          example: "{ secure: AAABANF0… }",
          next: `pulumi config set --secret ${key} (and make a new one if this file was ever shared)`,
        },
      },
    ];
  });
}

/** Which tenant: the provider would only say so after the first resources, and the outputs need it as well. */
export function tenantDomainFindings(source: ConfigSource): Finding[] {
  const key = "auth0:domain";
  const domain = tenantDomain(source);
  const where = source.values[key] === undefined ? " (from AUTH0_DOMAIN)" : "";
  if (domain === undefined) return usesCliLogin(source) ? [] : [missingDomain];
  if (HOST.test(domain)) return [];
  return [
    {
      path: [key],
      mistake: {
        key,
        got: `${JSON.stringify(domain)}${where}`,
        wants: "the host name of the tenant, without a path",
        example: "acme.us.auth0.com",
        next: `pulumi config set ${key} acme.us.auth0.com`,
      },
    },
  ];
}

const missingDomain: Finding = {
  path: ["auth0:domain"],
  mistake: {
    key: "auth0:domain",
    got: "nothing, and AUTH0_DOMAIN is not set either",
    wants: "the host name of the Auth0 tenant",
    example: "acme.us.auth0.com",
    next: "pulumi config set auth0:domain acme.us.auth0.com",
  },
};

/** With a login of the Auth0 CLI the provider takes the domain from there. */
function usesCliLogin({ values, environment }: ConfigSource): boolean {
  return [values["auth0:cliLogin"], environment.AUTH0_CLI_LOGIN].some(
    (value) => value === "true" || value === "1",
  );
}
