import type { ConfigValues } from "@ai-api-access/local/project.ts";

/** The config of a stack for one organization among many, by its name. */
export function customer(name: string): ConfigValues {
  return {
    "ai-api-access:organization": {
      name,
      displayName: `The company ${name}`,
      connections: [{ database: `${name}-users`, passwordPolicy: "good", deleteWithStack: true }],
    },
    "ai-api-access:loginApp": undefined,
    "ai-api-access:api": {
      identifier: `https://${name}.example.com`,
      name: `AI API of ${name}`,
      permissions: [{ name: "ai:read", description: "Ask the AI" }],
    },
    "ai-api-access:roles": [{ name: `${name}-reader`, description: "May ask", permissions: ["ai:read"] }],
    "ai-api-access:serviceApp": {
      label: `AI Service of ${name}`,
      audience: `https://${name}.example.com`,
      scopes: [{ name: "ai:read", description: "Ask the AI" }],
    },
  };
}
