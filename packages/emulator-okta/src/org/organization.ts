import { route } from "../context.ts";
import { link } from "../links.ts";

/** The org itself: what anybody may know of it, and its settings (Okta docs, "Org settings"). */
export const organizationRoutes = [
  route({
    method: "GET",
    path: "/.well-known/okta-organization",
    operation: "getWellknownOrgMetadata",
    access: "public",
    success: 200,
    handler: ({ call }, { org }) => {
      const { id, cell, pipeline, settings } = org();
      return { id, cell, _links: { organization: link(call.origin, "") }, pipeline, settings };
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/org",
    operation: "getOrgSettings",
    access: ["okta.orgs.read"],
    success: 200,
    handler: ({ call }, { org }) => {
      const { id, companyName, subdomain, created, lastUpdated } = org();
      return {
        id,
        companyName,
        subdomain,
        status: "ACTIVE",
        address1: null,
        address2: null,
        city: null,
        country: null,
        state: null,
        postalCode: null,
        phoneNumber: null,
        supportPhoneNumber: null,
        endUserSupportHelpURL: null,
        website: null,
        created,
        lastUpdated,
        expiresAt: null,
        _links: {
          preferences: link(call.origin, "/api/v1/org/preferences"),
          uploadLogo: link(call.origin, "/api/v1/org/logo", "POST"),
          oktaCommunication: link(call.origin, "/api/v1/org/privacy/oktaCommunication"),
          oktaSupport: link(call.origin, "/api/v1/org/privacy/oktaSupport"),
          contacts: link(call.origin, "/api/v1/org/contacts"),
        },
      };
    },
  }),
];
