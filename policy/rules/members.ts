import type { ResourceValidationPolicy } from "@pulumi/policy";

/** The resources that own a whole list, and the ones that own an entry. */
const PLURALS: Readonly<Partial<Record<string, string>>> = {
  "auth0:index/organizationMembers:OrganizationMembers": "auth0.OrganizationMember",
  "auth0:index/organizationMemberRoles:OrganizationMemberRoles": "auth0.OrganizationMemberRole",
  "auth0:index/organizationConnections:OrganizationConnections": "auth0.OrganizationConnection",
  "auth0:index/userRoles:UserRoles": "auth0.UserRole",
};

export const noPluralMembers: ResourceValidationPolicy = {
  name: "no-plural-members",
  description: "People and roles are added one by one: who joined by login or invitation stays.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Use the singular resource, or allow the plural one's type in the policy's configuration.",
  configSchema: {
    properties: {
      allowed: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Types that may be used all the same, for example auth0:index/userRoles:UserRoles.",
      },
    },
  },
  validateResource: (args, report) => {
    const { type } = args;
    const singular = PLURALS[type];
    if (singular === undefined || args.getConfig<{ readonly allowed?: string[] }>().allowed?.includes(type))
      return;
    report(`This resource removes whatever it does not list. Use ${singular}, one for each entry.`);
  },
};
