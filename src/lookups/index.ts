import { getTenant } from "@pulumi/auth0/getTenant.js";
import * as pulumi from "@pulumi/pulumi";
import type { BaseStack } from "../base-stack.ts";
import type { FoundConnection } from "../config/connections/found.ts";
import type { StackConfig } from "../config/index.ts";
import { findApi, type FoundApi } from "./api.ts";
import { connectionProblems, findConnections } from "./connections.ts";
import { findGroups } from "./okta-groups.ts";
import { findPeople, nowhereToLogIn, samePersonTwice, unverifiedEmails, type UserIds } from "./people.ts";
import { type Answer, ask, LookupError, valueOf, valuesOf } from "./question.ts";
import { findRoles } from "./roles.ts";

/** What the stack names but does not create, found in the tenant and in the Okta org. */
export interface Found {
  /** By name. */
  readonly connections: ReadonlyMap<string, FoundConnection>;
  readonly userIds: UserIds;
  /** Ids of the roles that neither the stack nor its base declares, by name. */
  readonly roleIds: ReadonlyMap<string, string>;
  /** The API that exists. */
  readonly api: FoundApi | undefined;
  /** Ids of groups of the Okta org, by name. */
  readonly groupIds: ReadonlyMap<string, string>;
  readonly organizationDomain: string;
}

/**
 * Finds everything that the configuration names but the stack does not create: each name once, all side by side,
 * before anything is declared. What the stack declares and what is given as an id costs no call.
 * @throws LookupError with everything that was not found, together.
 */
export async function lookUp(config: StackConfig, base: BaseStack | undefined): Promise<Found> {
  const [domain, api, connections, people, roles, groups] = await Promise.all([
    findDomain(config),
    findApi(config, config.existingApi ?? base?.audience),
    findConnections(config),
    findPeople(config),
    findRoles(config, Object.keys(base?.roleIds ?? {})),
    findGroups(config),
  ]);

  const foundPeople = valuesOf(people);
  const found = {
    connections: valuesOf(connections),
    userIds: new Map([...foundPeople].map(([email, { userId }]) => [email, userId])),
    roleIds: new Map([...rolesOfTheBase(config, base), ...valuesOf(roles)]),
    api: valueOf(api),
    groupIds: valuesOf(groups),
    organizationDomain: valueOf(domain) ?? "",
  };
  const named = [connections, people, roles, groups].flatMap((answers) => [...answers.values()]);
  const problems = [
    ...[domain, api, ...named].flatMap((answer) => (answer && "problem" in answer ? [answer.problem] : [])),
    ...samePersonTwice(config, found.userIds),
    ...nowhereToLogIn(config, base, found.userIds),
    ...connectionProblems(config, found.connections),
  ];
  if (problems.length > 0) throw new LookupError(problems);
  const warning = unverifiedEmails(config, foundPeople, found.connections);
  if (warning !== undefined) await pulumi.log.warn(warning);
  return found;
}

/** They are there like any other role of the tenant, unless the stack declares one of the same name. */
function rolesOfTheBase({ roles }: StackConfig, base: BaseStack | undefined): [string, string][] {
  return Object.entries(base?.roleIds ?? {}).filter(([name]) => !roles.some((role) => role.name === name));
}

/** Asked only when neither the configuration nor the environment says it: the answer drops a port. */
async function findDomain({ organizationDomain }: StackConfig): Promise<Answer<string>> {
  if (organizationDomain !== undefined) return { value: organizationDomain };
  const question = {
    what: "the tenant's domain",
    keys: ["auth0:domain"],
    unknown: {
      found: "The tenant does not say it.",
      next: "pulumi config set auth0:domain TENANT.REGION.auth0.com",
    },
  };
  return ask(
    question,
    getTenant().then((tenant) => tenant.domain),
  );
}
