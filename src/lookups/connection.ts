import { getConnection } from "@pulumi/auth0/getConnection.js";
import type { StackConfig } from "../config/index.ts";
import { DATABASE, type FoundConnection } from "../config/connection.ts";
import { type Answer, ask, type Problem } from "./question.ts";

/** The connection that exists, where the configuration names one. */
export async function findConnection(config: StackConfig): Promise<Answer<FoundConnection> | undefined> {
  const { kind, name } = config.connection;
  if (kind === "own") return undefined;
  const question = {
    what: `connection ${name}`,
    keys: [`${config.project}:connection.existing`],
    unknown: {
      found: "No connection of the tenant has this name (names are compared letter by letter).",
      next: "look under Authentication in the Auth0 dashboard, or give `name` in place of `existing` to create one",
    },
  };
  return ask(question, getConnection({ name, skipEnabledClients: true }));
}

/**
 * What an existing connection does not take, known only once its strategy is. Auth0 docs: sign-up is for database
 * connections, the button for enterprise connections.
 */
export function connectionProblems(config: StackConfig, found: FoundConnection | undefined): Problem[] {
  const { name, isSignupEnabled, showAsButton } = config.connection;
  if (found === undefined) return [];
  const what = (option: string) => `connection ${name} (${config.project}:connection.${option})`;
  if (isSignupEnabled && found.strategy !== DATABASE) {
    return [
      {
        what: what("isSignupEnabled"),
        found: `It is of strategy ${found.strategy}; people can sign up only to a database connection (strategy ${DATABASE}).`,
        next: "remove isSignupEnabled",
      },
    ];
  }
  if (showAsButton !== undefined && found.strategy === DATABASE) {
    return [
      {
        what: what("showAsButton"),
        found: `It is a database connection (strategy ${DATABASE}); only enterprise connections have a button.`,
        next: "remove showAsButton",
      },
    ];
  }
  return [];
}
