import { z } from "zod";
import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { OrganizationRecord } from "./record.ts";

/** The path parameter that names an organization. */
export const organizationParams = z.object({ id: z.string().max(50).describe("Organization identifier.") });

/** 404 for an organization that is not there. */
export function organizationNotFound() {
  return notFound("No organization found by that id or name");
}

/** The organization with this id. Throws 404. */
export function findOrganization({ data }: Auth0Context, id: string): OrganizationRecord {
  const found = data.organizations.get(id);
  if (found === undefined) throw organizationNotFound();
  return found;
}
