import { type Finding, schemaAt, wordsOf } from "../components/checks/field.ts";
import { configSchema } from "./schema.ts";

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

export function placeholderWords(text: string): string {
  return `the placeholder ${JSON.stringify(text)}`;
}

/** Every text of the program's own keys, at any depth, that still is a placeholder. */
export function placeholderFindings(values: unknown, path: PropertyKey[] = []): Finding[] {
  if (Array.isArray(values)) {
    return values.flatMap((value: unknown, index) => placeholderFindings(value, [...path, index]));
  }
  if (typeof values === "object" && values !== null) {
    return Object.entries(values).flatMap(([key, value]) => placeholderFindings(value, [...path, key]));
  }
  if (typeof values !== "string" || !isPlaceholder(values)) return [];
  const schema = schemaAt(configSchema, path);
  const words = schema && wordsOf(schema);
  const wants = words === undefined ? "your own value" : `your own value, ${words.wants}`;
  return [{ path, got: placeholderWords(values), wants, example: words?.example ?? "…" }];
}
