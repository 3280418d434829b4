import * as pulumi from "@pulumi/pulumi";
import type { ApiConfig } from "./api.ts";
import { mistakesOf } from "./check.ts";
import { type ConnectionConfig, connectionOf } from "./connection.ts";
import type { LoginAppConfig } from "./login-app.ts";
import { type MemberConfig, membersOf } from "./members.ts";
import { type RosterConfig, rosterOf } from "./members-file.ts";
import { ConfigError, type Mistake } from "./mistakes.ts";
import type { OrganizationConfig } from "./organization.ts";
import { tenantDomain } from "./providers.ts";
import type { RoleConfig } from "./roles.ts";
import { type ServiceAppConfig, serviceAppOf } from "./service-app.ts";
import { configSchema } from "./schema.ts";
import { type ConfigSource, ownValues, projectOf, pulumiConfigSource } from "./source.ts";

/** The checked configuration of one stack, with every default filled in. */
export interface StackConfig {
  /** The namespace of its keys. */
  readonly project: string;
  readonly organization: OrganizationConfig;
  readonly connection: ConnectionConfig;
  readonly loginApp: LoginAppConfig | undefined;
  readonly api: ApiConfig;
  readonly roles: readonly RoleConfig[];
  readonly members: readonly MemberConfig[];
  /** The people in a file instead. */
  readonly roster: RosterConfig | undefined;
  readonly serviceApp: ServiceAppConfig;
  /**
   * The domain at which the organization logs in: the custom domain, else the tenant's as configured for the
   * provider. Undefined when only the provider knows it (a login of the Auth0 CLI).
   */
  readonly organizationDomain: string | undefined;
}

function check(source: ConfigSource) {
  const values = ownValues(source);
  const { data, error } = configSchema.safeParse(values);
  return { config: data, mistakes: mistakesOf(source, values, error?.issues ?? []) };
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
  const { config, mistakes } = check(source);
  if (config === undefined || mistakes.length > 0) throw new ConfigError(mistakes, pulumi.getStack());
  const project = projectOf(source);
  const { organization, loginApp, api, roles } = config;
  return {
    ...{ project, organization, loginApp, api, roles },
    connection: connectionOf(config.connection),
    members: membersOf(config.members, project),
    roster: rosterOf(config.membersFile, config.roster),
    serviceApp: serviceAppOf(config.serviceApp, api),
    organizationDomain: config.customDomain ?? tenantDomain(source),
  };
}

export { ConfigError, type Mistake } from "./mistakes.ts";
export { type ConfigSource, pulumiConfigSource } from "./source.ts";
