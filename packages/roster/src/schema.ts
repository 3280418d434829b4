import { INVITATION } from "./invitation.ts";
import { ORGANIZATION_LOGIN } from "./organization-login.ts";

/** The package schema, as far as `pulumi import` needs one. */
export function schema(version: string) {
  const text = { type: "string" };
  const invitation = {
    ...{ organizationId: text, clientId: text, email: text, inviter: text },
    roles: { type: "array", items: text },
  };
  return {
    name: "roster",
    version,
    resources: {
      "roster:index:OrganizationRoster": {
        description: "The people of an Auth0 organization and their roles in it.",
        inputProperties: {
          organizationId: text,
          membersFile: text,
          membersFolder: text,
          roles: { type: "object", additionalProperties: text },
          mode: text,
          removeAtMostPercent: { type: "number" },
          consentToRemove: { type: "integer" },
          clientId: text,
          inviter: text,
        },
        requiredInputs: ["organizationId"],
        properties: { organizationId: text, people: text },
      },
      [ORGANIZATION_LOGIN]: {
        description: "That people log in to their organization with an application.",
        inputProperties: { clientId: text },
        requiredInputs: ["clientId"],
        properties: { clientId: text },
      },
      [INVITATION]: {
        description: "The invitation of a person that the tenant does not know.",
        inputProperties: invitation,
        requiredInputs: Object.keys(invitation),
        properties: invitation,
      },
    },
  };
}
