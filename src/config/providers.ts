/** What the program checks of the keys of the two providers, `auth0:` and `okta:`. */
import { addressFindings, isLocal } from "./addresses.ts";
import { valueAt, type Finding } from "../components/checks/field.ts";
import { HOST } from "../components/checks/kinds.ts";
import { isPlaceholder, placeholderWords } from "./placeholders.ts";
import { type ConfigSource, projectOf } from "./source.ts";
import { isProviderKey } from "./show.ts";

/** Keys that hold a secret, with the environment variable that does as well. */
const SECRETS = {
  "auth0:clientSecret": "AUTH0_CLIENT_SECRET",
  "auth0:apiToken": "AUTH0_API_TOKEN",
  "auth0:clientAssertionPrivateKey": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
  "okta:apiToken": "OKTA_API_TOKEN",
  "okta:accessToken": "OKTA_ACCESS_TOKEN",
  "okta:privateKey": "OKTA_API_PRIVATE_KEY",
};

const EXAMPLES: Readonly<Record<string, string>> = {
  "auth0:domain": "acme.us.auth0.com",
  "auth0:clientId": "3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE",
  "okta:orgName": "acme",
  "okta:baseUrl": "okta.com",
  "okta:clientId": "0oa1a2b3c4d5e6f7g8h9",
};

export function providerFindings(source: ConfigSource, values: unknown): Finding[] {
  return [
    ...plainSecrets(source),
    ...plainConnectionSecrets(source, values),
    ...placeholders(source),
    ...domainFindings(source),
    ...addressFindings(source, tenantDomain(source), valueAt(values, ["oktaHttpProxy"])),
    ...managementApi(source, values),
  ];
}

/** The Auth0 provider does not mark its secrets as such: in plain text they would stand in the file and in the state. */
function plainSecrets(source: ConfigSource): Finding[] {
  const { values, secretKeys } = source;
  return Object.entries(SECRETS).flatMap(([key, variable]) => {
    const value = values[key];
    if (value === undefined || value === "" || secretKeys.includes(key)) return [];
    if (key === "okta:privateKey" && isPath(value)) return [];
    return {
      path: [key],
      got: "a secret in plain text (not shown)",
      wants: `an encrypted value, or none here and ${variable} in the environment`,
      example: "{ secure: AAABANF0… }",
      next: `pulumi config set --secret ${key} (and make a new one if this file was ever shared)`,
    };
  });
}

/** The secrets of connections. A local tenant's are nobody's. */
function plainConnectionSecrets(source: ConfigSource, values: unknown): Finding[] {
  const given = valueAt(values, ["connectionSecrets"]);
  const isSecret = source.secretKeys.includes(`${projectOf(source)}:connectionSecrets`);
  if (given === undefined || isSecret || isLocal(tenantDomain(source) ?? "")) return [];
  return [
    {
      path: ["connectionSecrets"],
      got: "secrets in plain text (not shown)",
      wants: "encrypted values",
      example: "{ my-awesome-company-google: { secure: AAABANF0… } }",
      next: "pulumi config set --secret --path connectionSecrets.NAME (and make a new one if this file was ever shared)",
    },
  ];
}

/** Okta's private key may be the path of a file, which is no secret; a key of any format looks like none of these. */
function isPath(value: string): boolean {
  return !/[\s{]/.test(value) && /^(?:~|\.{0,2})\/|^[A-Za-z]:[\\/]|\.(?:pem|key|jwk|json|txt)$/i.test(value);
}

function placeholders({ values, secretKeys }: ConfigSource): Finding[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (!isProviderKey([key]) || !isPlaceholder(value)) return [];
    const secret = secretKeys.includes(key);
    return {
      path: [key],
      got: secret ? "a placeholder" : placeholderWords(value),
      wants: "your own value",
      example: EXAMPLES[key] ?? "the value that the provider's documentation describes",
      next: `pulumi config set ${secret ? "--secret " : ""}${key}`,
    };
  });
}

const DOMAIN = "auth0:domain";

/** The tenant's domain as the Auth0 provider reads it: configuration first, then the environment. */
export function tenantDomain({ values, environment }: ConfigSource): string | undefined {
  // The provider drops a scheme and keeps a port.
  const domain = (values[DOMAIN] ?? environment.AUTH0_DOMAIN)?.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return domain === "" ? undefined : domain;
}

/** Which tenant: the provider would only say so after the first resources, and the outputs need it as well. */
function domainFindings(source: ConfigSource): Finding[] {
  const domain = tenantDomain(source);
  const words = {
    path: [DOMAIN],
    example: "acme.us.auth0.com",
    next: `pulumi config set ${DOMAIN} acme.us.auth0.com`,
  };
  if (domain === undefined) {
    if (usesCliLogin(source)) return [];
    const got = "nothing, and AUTH0_DOMAIN is not set either";
    return [{ ...words, got, wants: "the host name of the Auth0 tenant" }];
  }
  if (HOST.test(domain)) return [];
  const where = source.values[DOMAIN] === undefined ? " (from AUTH0_DOMAIN)" : "";
  const got = `${JSON.stringify(domain)}${where}`;
  return [{ ...words, got, wants: "the host name of the tenant, without a path" }];
}

/** With a login of the Auth0 CLI the provider takes the domain from there. */
function usesCliLogin({ values, environment }: ConfigSource): boolean {
  const settings = [values["auth0:cliLogin"], environment.AUTH0_CLI_LOGIN];
  return settings.some((value) => value === "true" || value === "1");
}

/** The tenant's own Management API cannot be the API of the stack. */
function managementApi(source: ConfigSource, values: unknown): Finding[] {
  const path = ["api", "identifier"];
  const domain = tenantDomain(source);
  if (domain === undefined || valueAt(values, path) !== `https://${domain}/api/v2/`) return [];
  return [
    {
      path,
      wants: "an identifier of your own: this one is the tenant's Management API",
      example: "https://ai.example.com",
    },
  ];
}
