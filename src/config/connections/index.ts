/** The connections of an organization, checked. */
import { z } from "zod";
import { optionalLinkFields } from "../../components/checks/connections.ts";
import { type connection, connectionName, type connections, kindsOf, openProvider } from "./schema.ts";

const linkSchema = z.object(optionalLinkFields);

/** How people sign in through one connection, whatever its kind. */
interface Use {
  readonly name: string;
  /** Where it stands in the configuration, for messages: `ai-api-access:organization.connections[0]`. */
  readonly key: string;
  /** Undefined where what is found in the tenant decides. */
  readonly assignMembershipOnLogin: boolean | undefined;
  readonly isSignupEnabled: boolean | undefined;
  /** What the organization's link to it gets as it is given. */
  readonly link: z.output<typeof linkSchema>;
}

interface DatabaseConfig extends Use {
  readonly kind: "database";
  readonly passwordPolicy: string;
  readonly passwordHistory: number;
  readonly passwordDictionary: boolean;
  readonly passwordNoPersonalInfo: boolean;
  readonly deleteWithStack: boolean;
}

export interface ExistingConfig extends Use {
  readonly kind: "existing";
  readonly openToAnyone: boolean;
}

interface OktaConfig extends Use {
  readonly kind: "okta";
  readonly displayName: string | undefined;
  /** Names of groups of the Okta org. */
  readonly groups: readonly string[];
}

interface ProviderConfig extends Use {
  readonly kind: "oidc" | "google" | "github" | "strategy";
  readonly strategy: string;
  readonly displayName: string | undefined;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

export type ConnectionConfig = DatabaseConfig | ExistingConfig | OktaConfig | ProviderConfig;

const STRATEGIES = { google: "google-oauth2", github: "github", oidc: "oidc" };

/** @param key of the list, for messages */
export function connectionsOf(parsed: z.output<typeof connections>, key: string): ConnectionConfig[] {
  return parsed.map((one, index) => connectionOf(one, `${key}[${String(index)}]`));
}

function connectionOf(given: z.output<typeof connection>, key: string): ConnectionConfig {
  const { displayName, openToAnyone, deleteWithStack } = given;
  const [kind = "existing"] = kindsOf(given);
  const isOpen = openProvider(given) !== undefined;
  const use = {
    ...{ name: connectionName(given) ?? "", key, link: linkSchema.parse(given) },
    assignMembershipOnLogin:
      given.assignMembershipOnLogin ?? (kind === "existing" ? undefined : !isOpen || openToAnyone),
    // Only a database takes sign-up at all.
    isSignupEnabled: kind === "database" || kind === "existing" ? given.isSignupEnabled : undefined,
  };
  switch (kind) {
    case "existing":
      return { kind, ...use, openToAnyone };
    case "database": {
      const { passwordPolicy = "good", passwordHistory = 5 } = given;
      const { passwordDictionary = true, passwordNoPersonalInfo = true } = given;
      const passwords = { passwordPolicy, passwordHistory, passwordDictionary, passwordNoPersonalInfo };
      return { kind, ...use, ...passwords, deleteWithStack };
    }
    case "okta":
      return { kind, ...use, displayName, groups: given.groups ?? [] };
    case "oidc":
    case "google":
    case "github":
    case "strategy": {
      const { issuer, clientId, options = {} } = given;
      const strategy = kind === "strategy" ? (given.strategy ?? "") : STRATEGIES[kind];
      return { kind, ...use, strategy, displayName, issuer, clientId, options };
    }
  }
}
