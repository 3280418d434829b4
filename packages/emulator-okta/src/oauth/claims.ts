import { eq } from "@ai-api-access/emulator-core";
import type { AppRecord } from "../apps/record.ts";
import type { ClaimRecord, ServerRecord } from "../authorization-servers/record.ts";
import type { OktaContext } from "../context.ts";
import { evaluate } from "./expression.ts";

/**
 * The claims that an authorization server adds to an access token for a client itself: its active claims of the
 * type RESOURCE for any of the scopes granted. What depends on a person, there being none, is left out, and so
 * is an expression that this stand-in cannot read.
 */
export function customClaims(
  { data }: OktaContext,
  server: ServerRecord,
  client: AppRecord,
  scopes: readonly string[],
): Record<string, string | number | boolean> {
  const entries = data.claims.find(eq("serverId", server.id)).flatMap((claim) => {
    const value = isMeant(claim, scopes) ? evaluate(claim.value ?? "", facts(client)) : undefined;
    return value === undefined || value === null ? [] : [[claim.name, value] as const];
  });
  return Object.fromEntries(entries);
}

function isMeant({ status, claimType, valueType, scopes }: ClaimRecord, granted: readonly string[]): boolean {
  return (
    status === "ACTIVE" &&
    claimType === "RESOURCE" &&
    valueType === "EXPRESSION" &&
    (scopes.length === 0 || scopes.some((scope) => granted.includes(scope)))
  );
}

/** What an expression can speak of when a client acts for itself. */
function facts(client: AppRecord) {
  return {
    app: {
      id: client.id,
      name: client.name,
      label: client.label,
      clientId: client.oauthCredentials.client_id,
      profile: client.profile ?? {},
    },
    appuser: null,
    user: null,
  };
}
