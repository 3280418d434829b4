/** Values and places as messages show them. */

/** `start`, then the way from there: `roles[1].permissions[0]`. */
export function withSteps(start: string, steps: readonly (string | number)[]): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${String(step)}]`;
    return /^[\w-]+$/.test(step) ? `${text}.${step}` : `${text}[${JSON.stringify(step)}]`;
  }, start);
}

const LONGEST = 80;
export const HIDDEN = "a value that is not shown";

/** A value as the messages show it. Key material and whatever looks like it stays hidden. */
export function show(value: unknown, path: readonly PropertyKey[]): string {
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
