import type { ConfigSource } from "../source.ts";
import { NAMESPACE, configSchema, ruleAt } from "../schema/index.ts";
import { type Path, keyOf } from "../values.ts";
import type { Finding } from "./finding.ts";

const PLACEHOLDERS = [
  /<[^<>\s][^<>]{0,40}>/, // <USER_ID>, <your tenant>
  /\byour[-_. ][a-z]/i, // your-tenant, YOUR_CLIENT_ID
  /^(?:[A-Z0-9]+_)?(?:USER|ROLE|CLIENT|ORG|TENANT|CONNECTION|API)_?(?:ID|NAME|SECRET|TOKEN)$/, // ROLE_ID
  /^(?:TENANT|ORG)\b/, // TENANT.us.auth0.com
  /\b(?:change|replace)[-_ ]?me\b/i,
  /^(?:todo|tbd|fixme|x{3,8}|\.\.\.|…)$/i,
];

/** Whether a text was meant to be replaced by somebody. */
export function isPlaceholder(text: string): boolean {
  return text.length <= 255 && PLACEHOLDERS.some((pattern) => pattern.test(text));
}

const got = (text: string) => `the placeholder ${JSON.stringify(text)}`;

/** Every text, at any depth, that still is a placeholder. */
export function placeholderFindings(values: unknown, path: Path = []): Finding[] {
  if (typeof values === "string") {
    if (!isPlaceholder(values)) return [];
    const rule = ruleAt(configSchema, path);
    const wants = rule === undefined ? "your own value" : `your own value, ${rule.wants}`;
    return [{ path, mistake: { key: keyOf(path), got: got(values), wants, example: rule?.example ?? "…" } }];
  }
  if (Array.isArray(values)) {
    return values.flatMap((value: unknown, index) => placeholderFindings(value, [...path, index]));
  }
  if (typeof values !== "object" || values === null) return [];
  return Object.entries(values).flatMap(([key, value]) => placeholderFindings(value, [...path, key]));
}

const EXAMPLES: Readonly<Record<string, string>> = {
  "auth0:domain": "acme.us.auth0.com",
  "auth0:clientId": "3kq2xTQ0Yv8ZcB1mR5sJwD7nLp9GfHaE",
  "okta:orgName": "acme",
  "okta:baseUrl": "okta.com",
  "okta:clientId": "0oa1a2b3c4d5e6f7g8h9",
};

/** The same for the providers' own keys. */
export function providerPlaceholders({ values, secretKeys }: ConfigSource): Finding[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (key.startsWith(`${NAMESPACE}:`) || !/^(?:auth0|okta):/.test(key) || !isPlaceholder(value)) return [];
    const secret = secretKeys.includes(key);
    const mistake = {
      key,
      got: secret ? "a placeholder" : got(value),
      wants: "your own value",
      example: EXAMPLES[key] ?? "the value that the provider's documentation describes",
      next: `pulumi config set ${secret ? "--secret " : ""}${key}`,
    };
    return [{ path: [key], mistake }];
  });
}
