import { type ConnectionConfig, type ExistingConfig } from "./index.ts";
import type { OrganizationConfig } from "../organization.ts";
import { DATABASE } from "./kinds.ts";
import { openTo } from "./open-to.ts";

/** A connection that was found in the tenant. */
export interface FoundConnection {
  readonly id: string;
  readonly strategy: string;
  /** Whether strangers can make themselves an account there, and whose; as far as the credentials may see. */
  readonly door: "closed" | "not shown" | { readonly openTo: string };
}

/** How the organization uses a connection; for one that exists, what was found decides where nothing is said. */
export function usageOf(config: ConnectionConfig, found: FoundConnection | undefined) {
  const { assignMembershipOnLogin, isSignupEnabled, link } = config;
  if (config.kind !== "existing") return { assignMembershipOnLogin, isSignupEnabled, ...link };
  return {
    assignMembershipOnLogin: assignMembershipOnLogin ?? isMeant(config, found),
    isSignupEnabled: found?.strategy === DATABASE ? isSignupEnabled : undefined,
    ...link,
  };
}

function isMeant(config: ExistingConfig, found: FoundConnection | undefined): boolean {
  return config.isSignupEnabled === true || config.openToAnyone || found?.door === "closed";
}

/** The strategies of an organization's connections with which strangers can make themselves an account, or might. */
export function openStrategies(
  { connections }: Pick<OrganizationConfig, "connections">,
  found: ReadonlyMap<string, FoundConnection>,
): string[] {
  return connections.flatMap((connection) => {
    if (connection.kind === "okta") return [];
    if (connection.kind === "database") return connection.isSignupEnabled === true ? [DATABASE] : [];
    if (connection.kind === "existing") {
      const { strategy, door = "closed" } = found.get(connection.name) ?? {};
      return strategy === undefined || door === "closed" ? [] : [strategy];
    }
    const { strategy, issuer, options } = connection;
    return openTo(strategy, { issuer, ...options }) === undefined ? [] : [strategy];
  });
}
