import type { Check } from "./check.ts";

const MARKS = { ok: "✓", wrong: "✗", unchecked: "-" } as const;

/** One line a check, below it what to do where something is wrong, and a sum. */
export function describe(checks: readonly Check[], stack: string): string[] {
  const width = Math.max(...checks.map(({ subject }) => subject.length));
  const lines = checks.flatMap(({ subject, status, found, next }) => [
    `${MARKS[status]} ${subject.padEnd(width)}  ${found}`,
    ...(next === undefined ? [] : [`  ${" ".repeat(width)}  → ${next}`]),
  ]);
  const wrongs = checks.filter(({ status }) => status === "wrong").length;
  const open = checks.some(({ status }) => status === "unchecked")
    ? " Lines with - could not be checked."
    : "";
  const sum =
    wrongs === 0
      ? `Nothing stands in the way of \`up\` of stack ${stack}.`
      : `${String(wrongs)} ${wrongs === 1 ? "thing stands" : "things stand"} in the way of \`up\` of stack ${stack}.`;
  return [...lines, "", `${sum}${open}`];
}

/** Whether nothing is wrong. */
export function isHealthy(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== "wrong");
}
