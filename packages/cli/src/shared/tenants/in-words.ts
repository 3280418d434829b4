import { TwinError } from "@ai-api-access/local/errors.ts";
import { TenantError } from "./http.ts";

/** Errors that are written for the user, by name: those of the program's own modules have a class of their own. */
const FOR_USERS = ["LookupError"];

/** Runs `work`, and hands on what a tenant said, or what it does not have, as text for the user. */
export async function inTenantsWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof TenantError || (error instanceof Error && FOR_USERS.includes(error.name));
    throw known ? new TwinError(error.message, 1, { cause: error }) : error;
  }
}
