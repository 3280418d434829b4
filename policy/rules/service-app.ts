import * as okta from "@pulumi/okta";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

const PRODUCTION = ["prod", "prod-*", "production", "production-*", "*-prod", "*-production"];

export const privateKeyInProduction: ResourceValidationPolicy = {
  name: "private-key-in-production",
  description:
    "In production, a service app proves itself with a key that never leaves it, not with a shared secret.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Set serviceApp.tokenEndpointAuthMethod to private_key_jwt (docs/keys.md).",
  configSchema: {
    properties: {
      stacks: {
        type: "array",
        items: { type: "string" },
        default: PRODUCTION,
        description: "Names of production stacks; * stands for any characters.",
      },
    },
  },
  validateResource: validateResourceOfType(okta.app.OAuth, (app, args, report) => {
    const { stacks = PRODUCTION } = args.getConfig<{ readonly stacks?: string[] }>();
    const stack = stackOf(args.urn);
    if (app.type !== "service" || !stacks.some((pattern) => matches(pattern, stack))) return;
    if (app.tokenEndpointAuthMethod !== "private_key_jwt") {
      report(
        `${stack} is a production stack, and this app proves itself with ` +
          `${app.tokenEndpointAuthMethod ?? "a shared secret"}. Use private_key_jwt: ` +
          "npx ai-api-access keys new (docs/keys.md).",
      );
    }
  }),
};

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
function stackOf(urn: string): string {
  return urn.split("::")[0]?.split(":")[2] ?? "";
}

function matches(pattern: string, name: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join(".*")}$`).test(name);
}
