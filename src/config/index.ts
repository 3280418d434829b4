import * as pulumi from "@pulumi/pulumi";
import { signInDomain } from "./addresses.ts";
import { type ApiConfig, apiOf } from "./api.ts";
import { mistakesOf } from "./check.ts";
import { type OrganizationFiles, readOrganizationFiles } from "./files.ts";
import type { ClientConfig } from "./clients.ts";
import { type LoginAppConfig, loginAppOf } from "./login-app.ts";
import { ConfigError, type Mistake } from "./mistakes.ts";
import { type OrganizationConfig, organizationOf } from "./organization.ts";
import { organizationsOf } from "./organizations-folder.ts";
import { tenantDomain } from "./providers.ts";
import type { RoleConfig } from "../components/checks/roles.ts";
import { configSchema } from "./schema.ts";
import { type ServiceAppConfig, serviceAppOf } from "./service-app.ts";
import { type ConfigSource, ownValues, projectOf, pulumiConfigSource } from "./source.ts";

/** The checked configuration of one stack, with every default filled in. */
export interface StackConfig {
  /** The namespace of its keys. */
  readonly project: string;
  /** One, or those of a folder. */
  readonly organizations: readonly OrganizationConfig[];
  /** Client secrets by the name of their connection. */
  readonly connectionSecrets: Readonly<Record<string, string>>;
  /** The application that the stack declares. */
  readonly loginApp: LoginAppConfig | undefined;
  /** The client id of one that exists. */
  readonly existingLoginApp: string | undefined;
  /** The API that the stack declares. */
  readonly api: ApiConfig | undefined;
  /** The identifier of one that exists. */
  readonly existingApi: string | undefined;
  readonly roles: readonly RoleConfig[];
  /** Applications of others that act for people. */
  readonly clients: readonly ClientConfig[];
  readonly serviceApp: ServiceAppConfig | undefined;
  /** The full name of the stack that has what this one does not. */
  readonly baseStack: string | undefined;
  /**
   * The domain at which the organization logs in: the custom domain, else the tenant's as configured for the
   * provider. Undefined when only the provider knows it (a login of the Auth0 CLI).
   */
  readonly organizationDomain: string | undefined;
  /** Where people sign in at the Okta org, undefined where only the provider knows it. */
  readonly oktaDomain: string | undefined;
}

function check(source: ConfigSource) {
  const given = ownValues(source);
  const files = organizationFiles(given.organizationsFolder, source);
  const values = files === undefined ? given : { ...given, organizationsFolder: files.values };
  const { data, error } = configSchema.safeParse(values);
  return { config: data, files, mistakes: mistakesOf(source, values, error?.issues ?? [], files) };
}

function organizationFiles(folder: unknown, source: ConfigSource): OrganizationFiles | undefined {
  return typeof folder === "string"
    ? readOrganizationFiles(folder, source.folder ?? process.cwd())
    : undefined;
}

/** Everything that is wrong in a configuration, in the order of the keys. Pure: nothing is looked up. */
export function findConfigMistakes(source: ConfigSource): Mistake[] {
  return check(source).mistakes;
}

/**
 * The checked configuration of the stack.
 * @throws ConfigError with every mistake at once; nothing has been looked up or declared by then.
 */
export function readStackConfig(source: ConfigSource = pulumiConfigSource()): StackConfig {
  const { config, files, mistakes } = check(source);
  if (config === undefined || mistakes.length > 0) throw new ConfigError(mistakes, pulumi.getStack());
  const { organization, organizationsFolder = {}, roles, clients, connectionSecrets, baseStack } = config;
  const project = projectOf(source);
  const api = config.api && apiOf(config.api);
  const existingApi = config.api?.existing ?? "";
  return {
    ...{ project, roles, clients, connectionSecrets, baseStack, api },
    organizations: organization
      ? [organizationOf(organization.name, organization, `${project}:organization`)]
      : organizationsOf(organizationsFolder, files?.folder ?? ""),
    loginApp: config.loginApp && loginAppOf(config.loginApp),
    existingLoginApp: config.loginApp?.existing,
    existingApi: config.api?.existing,
    serviceApp:
      config.serviceApp &&
      serviceAppOf(config.serviceApp, api ?? { name: existingApi, identifier: existingApi }),
    organizationDomain: config.customDomain ?? tenantDomain(source),
    oktaDomain: signInDomain(source),
  };
}

export { ConfigError, type Mistake } from "./mistakes.ts";
export { type ConfigSource, pulumiConfigSource } from "./source.ts";
