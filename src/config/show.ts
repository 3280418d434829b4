import type { OrganizationFiles } from "./files.ts";

export type Path = readonly PropertyKey[];

/**
 * `["roles", 1, "permissions", 0]` as `ai-api-access:roles[1].permissions[0]`. A provider's key is a whole one. What
 * stands in a file is `organizations/acme.yaml:12 members[0].email`.
 */
export function keyOf(path: Path, project: string, files: OrganizationFiles | undefined): string {
  const [first = "", file, ...rest] = path.map((step) => (typeof step === "symbol" ? String(step) : step));
  if (first === "organizationsFolder" && typeof file === "string" && files !== undefined) {
    const place = `${files.folder}/${file}:${String(files.lineOf(file, rest))}`;
    const [key, ...fields] = rest;
    return key === undefined ? place : `${place} ${withSteps(String(key), fields)}`;
  }
  const start = isProviderKey(path) ? String(first) : `${project}:${String(first)}`;
  return withSteps(start, file === undefined ? rest : [file, ...rest]);
}

function withSteps(start: string, steps: readonly (string | number)[]): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${String(step)}]`;
    return /^[\w-]+$/.test(step) ? `${text}.${step}` : `${text}[${JSON.stringify(step)}]`;
  }, start);
}

export function isProviderKey([first]: Path): boolean {
  return /^(?:auth0|okta):/.test(String(first));
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
