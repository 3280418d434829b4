/** The lines of a members file, and everything that is wrong with them. */
import { distance } from "fastest-levenshtein";

/** A person as a file names them. */
export interface Row {
  /** From 1. */
  readonly line: number;
  /** User id. */
  readonly user?: string;
  /** In lower case: Auth0 stores emails so and finds them in any. */
  readonly email?: string;
  /** Names of roles, or ids. */
  readonly roles: readonly string[];
  /** Whether to invite the person if the tenant does not know the email. */
  readonly invite: boolean;
}

export interface Mistake {
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  readonly text: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly mistakes: readonly Mistake[];
}

/** A person's cells as they stand in the file. */
export interface Cells {
  readonly user: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** `true`, `false`, or nothing; spreadsheets write it in capitals. */
  readonly invite: string;
}

/** `note` is for people who read the file. */
export const COLUMNS = ["user", "email", "roles", "invite", "note"] as const;

/** Auth0 docs, "Entity limits": roles of a member. */
const MAX_ROLES = 50;

// The same patterns as in `src/config/members.ts` and `src/components/checks/members.ts`.
const USER = /^[^\s|]+\|\S(.*\S)?$/;
const EMAIL = /^[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/;

/** Validates each row by itself, and finds people who are there twice. */
export class RowCollector {
  readonly #rows: Row[] = [];
  readonly #mistakes: Mistake[] = [];
  readonly #lines = new Map<string, number>();

  mistake(line: number, text: string): void {
    this.#mistakes.push({ line, text });
  }

  add(line: number, { user, email, roles, invite: cell }: Cells): void {
    if (roles.length > MAX_ROLES) {
      this.mistake(line, `${String(roles.length)} roles: Auth0 allows a member at most ${String(MAX_ROLES)}`);
    }
    const twice = roles.filter((role, index) => roles.indexOf(role) < index);
    for (const role of new Set(twice)) this.mistake(line, `the role ${quoted(role)} is there twice`);
    const wrong = wrongWith(user, email);
    if (wrong !== undefined) this.mistake(line, wrong);
    const invite = cell.toLowerCase();
    if (!["", "true", "false"].includes(invite)) {
      this.mistake(line, `invite is true or false, and not ${quoted(cell)}`);
    } else if (invite === "true" && user !== "") {
      this.mistake(line, `${user} has an account: only people named by email are invited`);
    }
    if ((user === "") === (email === "")) return;
    const row: Row = {
      line,
      roles,
      invite: invite === "true",
      ...(user === "" ? { email: email.toLowerCase() } : { user }),
    };
    const person = row.user ?? row.email ?? "";
    const first = this.#lines.get(person);
    if (first !== undefined) this.mistake(line, `${person} is on line ${String(first)} already`);
    else {
      this.#lines.set(person, line);
      if (wrong === undefined) this.#rows.push(row);
    }
  }

  collected(): Rows {
    return { rows: this.#rows, mistakes: [...this.#mistakes].sort((a, b) => a.line - b.line) };
  }
}

function wrongWith(user: string, email: string): string | undefined {
  if (user === "" && email === "") return "this names nobody: there is neither a user nor an email";
  if (user !== "" && email !== "") {
    return (
      `both user ${quoted(user)} and email ${quoted(email)}: with both, nobody could say which holds (to keep the ` +
      "other for people who read the file, write it under note)"
    );
  }
  if (user !== "" && (!USER.test(user) || user.length > 255)) {
    const hint = EMAIL.test(user) ? "; to name a person by email, write it under email" : "";
    return `${quoted(user)} is no user id: the identity provider, | and the id there, such as auth0|64f0…${hint}`;
  }
  if (email !== "" && (!EMAIL.test(email) || email.length > 320)) {
    return `${quoted(email)} is no email address`;
  }
  return undefined;
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** `; did you mean roles?`, or nothing when no known word is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [best] = known
    .map((candidate) => ({ candidate, score: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.score - b.score);
  const isClose = best !== undefined && best.score <= Math.max(2, Math.floor(word.length / 3));
  return isClose ? `; did you mean ${best.candidate}?` : "";
}
