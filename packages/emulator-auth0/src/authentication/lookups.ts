import { eq } from "@ai-api-access/emulator-core";
import type { Collections, Organization } from "../collections.ts";
import { usesOrganizationNames } from "./tokens/access-token.ts";

/** The tenant's default audience, for requests that name none. */
export function defaultAudience(db: Collections): string | undefined {
  const audience = db.settings.get("settings")?.default_audience;
  return typeof audience === "string" && audience !== "" ? audience : undefined;
}

/** The organization with an id, or a name where the tenant allows names. */
export function findOrganization(db: Collections, asked: string): Organization | undefined {
  const byId = db.organizations.get(asked);
  return byId === undefined && usesOrganizationNames(db)
    ? db.organizations.first(eq("name", asked.toLowerCase()))
    : byId;
}
