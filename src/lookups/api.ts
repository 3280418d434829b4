import { getResourceServer } from "@pulumi/auth0/getResourceServer.js";
import type { StackConfig } from "../config/index.ts";
import { type Answer, ask, type Question } from "./question.ts";

/** An API of another stack. */
export interface FoundApi {
  readonly identifier: string;
  /** Names of its permissions. */
  readonly permissions: readonly string[];
  /** Whether applications may have refresh tokens for it. */
  readonly offlineAccess: boolean;
  /** Whether no application gets a token that is bound to nothing. */
  readonly isProofRequired: boolean;
}

/** The API that exists, where the configuration or the base stack names one. */
export async function findApi(
  { project, existingApi }: StackConfig,
  identifier: string | undefined,
): Promise<Answer<FoundApi> | undefined> {
  if (identifier === undefined) return undefined;
  const question: Question = {
    what: `API ${identifier}`,
    keys: [`${project}:${existingApi === undefined ? "baseStack" : "api.existing"}`],
    unknown: {
      found: "No API of the tenant has this identifier (identifiers are compared letter by letter).",
      next: "look under Applications > APIs in the Auth0 dashboard, or give identifier, name and permissions in place of `existing`",
    },
    hasAddress: true,
  };
  return ask(
    question,
    getResourceServer({ identifier }).then((api) => ({
      identifier,
      permissions: api.scopes.map(({ name }) => name),
      offlineAccess: api.allowOfflineAccess,
      isProofRequired: api.proofOfPossessions.some(
        ({ required, requiredFor }) => required && requiredFor === "all_clients",
      ),
    })),
  );
}
