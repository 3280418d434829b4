import { getConnection, type GetConnectionResult } from "@pulumi/auth0/getConnection.js";
import type { StackConfig } from "../config/index.ts";
import type { FoundConnection } from "../config/connections/found.ts";
import type { ExistingConfig } from "../config/connections/index.ts";
import { DATABASE } from "../config/connections/kinds.ts";
import { OPENED_BY_OPTIONS, openTo } from "../config/connections/open-to.ts";
import { type Answer, askAll, type Problem, type Question } from "./question.ts";

/** Every connection that exists and is named, once for each organization that names it. */
function existingConnections({ organizations }: StackConfig): ExistingConfig[] {
  return organizations.flatMap(({ connections }) => connections.filter((one) => one.kind === "existing"));
}

/** The connections that exist, by name, each asked for once. */
export async function findConnections(config: StackConfig): Promise<Map<string, Answer<FoundConnection>>> {
  const unknown = {
    found: "No connection of the tenant has this name (names are compared letter by letter).",
    next: "look under Authentication in the Auth0 dashboard, or give `database` in place of `existing` to create one",
  };
  const questions = new Map<string, Question>();
  for (const { name, key } of existingConnections(config)) {
    const keys = [...(questions.get(name)?.keys ?? []), `${key}.existing`];
    questions.set(name, { what: `connection ${name}`, keys, unknown });
  }
  return askAll(questions, async (name) => {
    const connection = await getConnection({ name, skipEnabledClients: true });
    return { id: connection.id, strategy: connection.strategy, door: doorOf(connection) };
  });
}

/**
 * Whether strangers can make themselves an account: with a social identity provider always, in a database and without
 * a password unless `disable_signup` is set, with that of a company where one of its options says so. Options are
 * shown to credentials with `read:connections_options` alone.
 */
function doorOf({
  strategy,
  options,
}: Pick<GetConnectionResult, "strategy" | "options">): FoundConnection["door"] {
  const shown = options.find((option) => Object.values(option).some(isSaid));
  if (shown?.disableSignup === true) return "closed";
  if (shown === undefined && DECIDED_BY_OPTIONS.includes(strategy)) return "not shown";
  const provider = openTo(strategy, shown ?? {});
  return provider === undefined ? "closed" : { openTo: provider };
}

/** Strategies with which people sign up at Auth0 itself, where it lets them, and those that an option opens. */
const DECIDED_BY_OPTIONS = [DATABASE, "email", "sms", ...OPENED_BY_OPTIONS];

function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/**
 * What existing connections do not take, known only once their strategy is. Auth0 docs: sign-up is for database
 * connections, the button for enterprise connections.
 */
export function connectionProblems(
  config: StackConfig,
  found: ReadonlyMap<string, FoundConnection>,
): Problem[] {
  return existingConnections(config).flatMap((connection) => {
    const is = found.get(connection.name);
    return is === undefined ? [] : problemsOf(connection, is);
  });
}

function problemsOf(connection: ExistingConfig, found: FoundConnection): Problem[] {
  const what = (option: string) => `connection ${connection.name} (${connection.key}.${option})`;
  const isDatabase = found.strategy === DATABASE;
  const meant = connection.openToAnyone || connection.isSignupEnabled === true;
  return [
    connection.isSignupEnabled === true &&
      !isDatabase && {
        what: what("isSignupEnabled"),
        found: `It is of strategy ${found.strategy}; people can sign up only to a database connection (strategy ${DATABASE}).`,
        next: "remove isSignupEnabled",
      },
    connection.link.showAsButton !== undefined &&
      isDatabase && {
        what: what("showAsButton"),
        found: `It is a database connection (strategy ${DATABASE}); only enterprise connections have a button.`,
        next: "remove showAsButton",
      },
    connection.assignMembershipOnLogin === true &&
      !meant &&
      found.door !== "closed" && {
        what: what("assignMembershipOnLogin"),
        ...(found.door === "not shown" ? DOOR_NOT_SHOWN : openDoor(found.strategy, found.door.openTo)),
      },
  ].filter((problem) => problem !== false);
}

const MEANT = "if anyone is meant to become a member, set openToAnyone: true";

function openDoor(strategy: string, provider: string) {
  const database = strategy === DATABASE;
  return {
    found: database
      ? "Anyone can sign up to it, through any application of the tenant that uses it, and would be a member by logging in."
      : `Anyone with an account of ${provider} can log in, and would be a member.`,
    next:
      (database ? "disable sign-ups in the connection's settings, or " : "") +
      `remove assignMembershipOnLogin (whoever is to be a member is declared, or invited); ${MEANT}`,
  };
}

const DOOR_NOT_SHOWN = {
  found:
    "Whether anyone can have an account there is not shown to these credentials; whoever has one would be a member.",
  next: `give the application of auth0:clientId the scope read:connections_options, or remove assignMembershipOnLogin; ${MEANT}`,
};
