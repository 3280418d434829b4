/** What is looked at, in the order of the report. */
export const SUBJECTS = [
  "tools",
  "configuration",
  "credentials",
  "auth0",
  "okta",
  "clock",
  "scopes",
  "admin rights",
  "API Access Management",
  "state",
  "names that must exist",
  "sign-in",
  "MCP",
  "names that must be free",
  "limits",
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** One line of the report. */
export interface Check {
  readonly subject: Subject;
  /** `unchecked`: something else that is wrong, or a missing right to read, stands before it. */
  readonly status: "ok" | "wrong" | "unchecked";
  /** What was found. */
  readonly found: string;
  /** What to do where something is wrong. */
  readonly next?: string;
}

export function ok(subject: Subject, found: string): Check {
  return { subject, status: "ok", found };
}

export function wrong(subject: Subject, found: string, next: string | undefined): Check {
  return { subject, status: "wrong", found, ...(next !== undefined && { next }) };
}

export function unchecked(subject: Subject, found: string): Check {
  return { subject, status: "unchecked", found };
}
