import type { ConfigSource } from "./source.ts";
import { NAMESPACE, configSchema } from "./schema/index.ts";

export type Path = readonly PropertyKey[];

/** `["roles", 1, "permissions", 0]` as `ai-api-access:roles[1].permissions[0]`. */
export function keyOf(path: Path): string {
  const [first = "", ...rest] = path;
  return rest.reduce<string>(
    (text, step) => {
      if (typeof step === "number") return `${text}[${String(step)}]`;
      const name = String(step);
      return /^[\w-]+$/.test(name) ? `${text}.${name}` : `${text}[${JSON.stringify(name)}]`;
    },
    `${NAMESPACE}:${String(first)}`,
  );
}

/** Keys whose values are text, however much they look like something else. */
const TEXTS = ["customDomain", "membersFile"];

/** The keys of the namespace, parsed. An empty object or text is the same as a key that is not there. */
export function valuesOfNamespace(source: ConfigSource): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(source.values)) {
    if (!key.startsWith(`${NAMESPACE}:`)) continue;
    const name = key.slice(NAMESPACE.length + 1);
    const value = TEXTS.includes(name) ? raw : parsed(raw);
    if (!isEmpty(value) || !(name in configSchema.shape)) values[name] = value;
  }
  return values;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === "" || value === null;
}

/** The value at a path, undefined where the path ends early. */
export function valueAt(root: unknown, path: Path): unknown {
  let here = root;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}

/** Whether a path lies under a key that was given as a secret, whose value is never shown. */
export function isSecret(source: ConfigSource, path: Path): boolean {
  return source.secretKeys.includes(`${NAMESPACE}:${String(path[0])}`);
}

const LONGEST = 80;
const HIDDEN = "a value that is not shown";

/** A value as the messages show it. Key material and whatever looks like it stays hidden. */
export function show(value: unknown, path: Path): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${String(value.length)}`;
  if (typeof value === "object") {
    const keys = Object.keys(value);
    if (keys.length === 0) return "an empty object";
    return keys.length <= 8
      ? `an object with ${keys.join(", ")}`
      : `an object with ${String(keys.length)} entries`;
  }
  const text = JSON.stringify(value);
  if (typeof value === "string" && (path.includes("jwks") || /PRIVATE KEY|^eyJ/.test(value))) return HIDDEN;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${String(text.length - 2)} characters)` : text;
}
