import { route } from "../context.ts";
import { link } from "../render.ts";

/** What Okta knows of a company. The local org has none of it. */
const EMPTY = {
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
  expiresAt: null,
};

/** The org itself: what is public about it, and its settings (Okta docs, "Org settings"). */
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
    handler: ({ call: { origin } }, { org }) => {
      const { id, companyName, subdomain, created, lastUpdated } = org();
      return {
        id,
        companyName,
        subdomain,
        status: "ACTIVE",
        ...EMPTY,
        created,
        lastUpdated,
        _links: {
          preferences: link(origin, "/api/v1/org/preferences"),
          uploadLogo: link(origin, "/api/v1/org/logo", "POST"),
          oktaCommunication: link(origin, "/api/v1/org/privacy/oktaCommunication"),
          oktaSupport: link(origin, "/api/v1/org/privacy/oktaSupport"),
          contacts: link(origin, "/api/v1/org/contacts"),
        },
      };
    },
  }),
];
