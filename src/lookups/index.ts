import { getTenant } from "@pulumi/auth0/getTenant.js";
import type { StackConfig } from "../config/index.ts";
import type { FoundConnection } from "../config/connection.ts";
import { connectionProblems, findConnection } from "./connection.ts";
import { findPeople, samePersonTwice, type UserIds } from "./people.ts";
import { type Answer, ask, LookupError, valueOf, valuesOf } from "./question.ts";
import { findRoles } from "./roles.ts";

/** What the stack names but does not create, found in the tenant. */
export interface Found {
  readonly connection: FoundConnection | undefined;
  readonly userIds: UserIds;
  /** Ids of the roles that the stack does not declare, by name. */
  readonly roleIds: ReadonlyMap<string, string>;
  readonly organizationDomain: string;
}

/**
 * Finds everything that the configuration names but the stack does not create: each name once, all side by side,
 * before anything is declared. What the stack declares and what is given as an id costs no call.
 * @throws LookupError with everything that was not found, together.
 */
export async function lookUp(config: StackConfig): Promise<Found> {
  const [domain, connection, people, roles] = await Promise.all([
    findDomain(config),
    findConnection(config),
    findPeople(config),
    findRoles(config),
  ]);

  const found = {
    connection: valueOf(connection),
    userIds: valuesOf(people),
    roleIds: valuesOf(roles),
    organizationDomain: valueOf(domain) ?? "",
  };
  const answers = [domain, connection, ...people.values(), ...roles.values()];
  const problems = [
    ...answers.flatMap((answer) => (answer && "problem" in answer ? [answer.problem] : [])),
    ...samePersonTwice(config, found.userIds),
    ...connectionProblems(config, found.connection),
  ];
  if (problems.length > 0) throw new LookupError(problems);
  return found;
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
