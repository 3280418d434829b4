/** The package schema, as far as `pulumi import` needs one. */
export function schema(version: string) {
  const text = { type: "string" };
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
        },
        requiredInputs: ["organizationId"],
        properties: { organizationId: text, people: text },
      },
    },
  };
}
