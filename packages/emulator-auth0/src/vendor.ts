import type { Lagging, Vendor, VendorErrors } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "./context.ts";
import { ManagementError, notFound, outage, tooLarge, tooManyRequests } from "./errors.ts";
import { auth0Limits } from "./limits.ts";
import { authorize } from "./management/access.ts";
import { validationError } from "./management/validation-error.ts";

const domains = { collections: ["organization_discovery_domains"] };

/**
 * The served reads that Auth0 documents as eventually consistent. Members and discovery domains: Auth0 docs,
 * Management API ("This endpoint is subject to eventual consistency"). The search for users: Auth0 docs, "User
 * Search"; looking users up by id or by email is immediately consistent there, as all else is here.
 */
export const auth0Lagging: Lagging = {
  get_users: { collections: ["users"] },
  get_members: { collections: ["organization_members", "organization_member_roles", "users"] },
  get_organization_discovery_domains: domains,
  get_organization_discovery_domain_by_name: domains,
  get_organization_discovery_domain: domains,
};

const errors: VendorErrors = {
  notFound: (method, path) =>
    path.startsWith("/api/v2/")
      ? new ManagementError(
          501,
          `This stand-in does not serve ${method} ${path}. docs/SUPPORTED.md lists what it serves.`,
        )
      : notFound("Not Found"),
  unreadable: (message) =>
    message.startsWith("Unsupported Media Type")
      ? new ManagementError(415, "Unsupported Media Type")
      : new ManagementError(400, "Invalid request payload JSON format"),
  invalid: validationError,
  unexpected: () => new ManagementError(500, "Internal error"),
  tooLarge,
  tooManyRequests,
  outage,
};

/** What the emulator core asks of Auth0: the words of refusals, who may call what, how often, and what reads see late. */
export const auth0Vendor: Vendor<Auth0Context> = {
  errors,
  limits: auth0Limits,
  lagging: auth0Lagging,
  authorize: (call, { access }, context) =>
    access === "public" ? undefined : authorize(call, access, context),
};
