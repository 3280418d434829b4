import { type ConnectionConfig, type ExistingConfig } from "./index.ts";
import { DATABASE } from "./kinds.ts";

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
