/** What a members file says, line by line, and everything that is wrong with it. */

/** A person as a file names them. */
export interface Row {
  /** Where the person stands, from 1. */
  readonly line: number;
  /** User id. */
  readonly user?: string;
  /** In lower case: Auth0 keeps emails so and finds them in any. */
  readonly email?: string;
  /** Names of roles, or ids. */
  readonly roles: readonly string[];
}

export interface Mistake {
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  readonly text: string;
}

/** A file as it was read: everything that can be said without asking anybody. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly mistakes: readonly Mistake[];
}

/** What a person may be told by, as it stands in the file. */
export interface Cells {
  readonly user: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export const COLUMNS = ["user", "email", "roles", "note"] as const;

/** Auth0 docs, "Entity limits": roles of a member. */
const MOST_ROLES = 50;

// The same as ai-api-access:members wants.
const USER = /^[^\s|]+\|\S+$/;
const EMAIL = /^[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/;

/** Collects rows and finds what is wrong with each by itself, and what is there twice. */
export class RowCollector {
  readonly #rows: Row[] = [];
  readonly #mistakes: Mistake[] = [];
  readonly #first = new Map<string, number>();

  mistake(line: number, text: string): void {
    this.#mistakes.push({ line, text });
  }

  add(line: number, { user, email, roles }: Cells): void {
    this.#checkRoles(line, roles);
    const wrong = wrongWith(user, email);
    if (wrong !== undefined) this.mistake(line, wrong);
    if ((user === "") === (email === "")) return;
    const row: Row = { line, roles, ...(user === "" ? { email: email.toLowerCase() } : { user }) };
    const person = row.user ?? row.email ?? "";
    const first = this.#first.get(person);
    if (first !== undefined) this.mistake(line, `${person} is on line ${String(first)} already`);
    else {
      this.#first.set(person, line);
      if (wrong === undefined) this.#rows.push(row);
    }
  }

  #checkRoles(line: number, roles: readonly string[]): void {
    if (roles.length > MOST_ROLES) {
      this.mistake(
        line,
        `${String(roles.length)} roles: Auth0 allows a member at most ${String(MOST_ROLES)}`,
      );
    }
    const twice = roles.filter((role, place) => roles.indexOf(role) < place);
    for (const role of new Set(twice)) this.mistake(line, `the role ${quoted(role)} is there twice`);
  }

  /** Everything, once the source is at its end. */
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
    const meant = EMAIL.test(user) ? "; to name a person by email, write it under email" : "";
    return `${quoted(user)} is no user id: the identity provider, | and the id there, such as auth0|64f0…${meant}`;
  }
  if (email !== "" && (!EMAIL.test(email) || email.length > 320))
    return `${quoted(email)} is no email address`;
  return undefined;
}

const LONGEST = 60;

export function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
