/** The package schema, as far as `pulumi import` needs one. */
const text = { type: "string" };

export function schema(version: string) {
  const inputProperties = {
    organizationId: text,
    members: { type: "object", additionalProperties: { type: "array", items: text } },
    membersFile: text,
    roles: { type: "object", additionalProperties: text },
    mode: text,
  };
  return {
    name: "roster",
    version,
    resources: {
      "roster:index:OrganizationRoster": {
        description: "The people of an Auth0 organization and their roles in it.",
        inputProperties: {
          ...inputProperties,
          removeAtMostPercent: { type: "number" },
          consentToRemove: { type: "integer" },
          baseline: text,
        },
        requiredInputs: ["organizationId"],
        properties: { organizationId: text, people: { type: "integer" } },
      },
      "roster:index:Baseline": {
        description: "Who of the declared people was in the organization before the roster changed anything.",
        inputProperties,
        requiredInputs: ["organizationId"],
        properties: { organizationId: text, record: text },
      },
    },
  };
}
