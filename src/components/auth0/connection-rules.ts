import type { ConnectionConfig } from "../../config/stack-config.ts";
import type { Problem } from "./lookup-error.ts";

/** Auth0's strategy for connections that keep their users in the tenant's own database. */
export const DATABASE = "auth0";

/**
 * What an existing connection does not take, known only once its strategy is. Auth0 docs: sign-up is for database
 * connections, the button for enterprise connections.
 */
export function linkProblems(connection: ConnectionConfig, strategy: string | undefined): Problem[] {
  if (connection.kind === "own" || strategy === undefined) return [];
  const problems: Problem[] = [];
  if (connection.isSignupEnabled && strategy !== DATABASE) {
    problems.push({
      what: `connection ${connection.name} (ai-api-access:connection.isSignupEnabled)`,
      found: `It is of strategy ${strategy}; people can sign up only to a database connection (strategy ${DATABASE}).`,
      next: "remove isSignupEnabled",
    });
  }
  if (connection.showAsButton !== undefined && strategy === DATABASE) {
    problems.push({
      what: `connection ${connection.name} (ai-api-access:connection.showAsButton)`,
      found: `It is a database connection (strategy ${DATABASE}); only enterprise connections have a button.`,
      next: "remove showAsButton",
    });
  }
  return problems;
}
