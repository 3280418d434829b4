import { among, and, beginning, compare, eq, like, not, or, present } from "@ai-api-access/emulator-core";
import type { Operand, Where } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { invalidQuery } from "../../errors.ts";

/** The fields that a search goes by, with their columns; what else a document has is looked for inside it. */
const COLUMNS = {
  user_id: "key",
  email: "email",
  "email.domain": "email_domain",
  username: "username",
  name: "name",
  nickname: "nickname",
  given_name: "given_name",
  family_name: "family_name",
  "identities.connection": "connection",
  created_at: "created_at",
  updated_at: "updated_at",
} as const;

type UserColumn = (typeof COLUMNS)[keyof typeof COLUMNS];

type UserWhere = Where<UserColumn>;

const COLUMN_OF = new Map<string, UserColumn>(Object.entries(COLUMNS));

/** Fields compared without regard to case (Auth0 docs: user search query syntax). */
const IGNORING_CASE = new Set(["email", "email.domain", "name", "given_name", "family_name", "nickname"]);

/** Fields that a term without a field is looked for in. */
const BARE = ["email", "name", "nickname", "given_name", "family_name", "username", "key"] as const;

/**
 * A user search (`q`, search engine v3) as a condition: `field:"value"`, `AND`, `OR`, `NOT`, parentheses,
 * wildcards, ranges and `_exists_`. Throws 400 for what it cannot read.
 */
export function usersWhere(context: Auth0Context, q: string): UserWhere {
  return new Parser(tokenize(q), context).all();
}

type Token =
  | { readonly kind: "(" | ")" | "AND" | "OR" | "NOT" }
  /** A field before a parenthesis: every term in it is looked for there. */
  | { readonly kind: "field"; readonly field: string }
  | {
      readonly kind: "term";
      readonly field: string | undefined;
      readonly value: string;
      readonly quoted: boolean;
    };

const TOKEN =
  /\s*(?:([()])|(AND|OR|NOT)(?=[\s()]|$)|([\w.@-]+):(?=\()|(?:((?:[\w.@-]|\\.)+):)?("(?:[^"\\]|\\.)*"|[[{][^\]}]*[\]}]|[^\s()"]+))/y;

function tokenize(q: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < q.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(q);
    if (match === null) throw invalidQuery("q", `Failed to parse query at position ${String(start)}`);
    const [, bracket, word, group, field, value] = match;
    if (bracket === "(" || bracket === ")") tokens.push({ kind: bracket });
    else if (word === "AND" || word === "OR" || word === "NOT") tokens.push({ kind: word });
    else if (group !== undefined) tokens.push({ kind: "field", field: group });
    else if (value !== undefined) {
      const quoted = value.startsWith('"');
      const text = quoted ? value.slice(1, -1) : value;
      tokens.push({ kind: "term", field, value: text.replaceAll(/\\(.)/g, "$1"), quoted });
    }
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #context: Auth0Context;
  #at = 0;
  #field: string | undefined;

  constructor(tokens: readonly Token[], context: Auth0Context) {
    this.#tokens = tokens;
    this.#context = context;
  }

  all(): UserWhere {
    const where = this.#either();
    if (this.#at < this.#tokens.length) throw invalidQuery("q", "Failed to parse query");
    return where;
  }

  #either(): UserWhere {
    const parts = [this.#both()];
    while (this.#peek() === "OR" || this.#startsTerm()) {
      if (this.#peek() === "OR") this.#at += 1;
      parts.push(this.#both());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : or(...parts);
  }

  #both(): UserWhere {
    const parts = [this.#single()];
    while (this.#peek() === "AND") {
      this.#at += 1;
      parts.push(this.#single());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : and(...parts);
  }

  #single(): UserWhere {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    switch (token?.kind) {
      case "NOT":
        return not(this.#single());
      case "(": {
        const inner = this.#either();
        if (this.#peek() !== ")")
          throw invalidQuery("q", "Failed to parse query: a parenthesis is not closed");
        this.#at += 1;
        return inner;
      }
      case "field": {
        const outer = this.#field;
        this.#field = token.field;
        const inner = this.#single();
        this.#field = outer;
        return inner;
      }
      case "term":
        return this.#term(token.field ?? this.#field, token.value, token.quoted);
      case ")":
      case "AND":
      case "OR":
      case undefined:
        throw invalidQuery("q", "Failed to parse query");
    }
  }

  #term(field: string | undefined, value: string, quoted: boolean): UserWhere {
    if (field !== "organization_id") return condition(field, value, quoted);
    const { organizationMembers } = this.#context.data;
    const own = eq<"organization_id">("organization_id", value);
    return among<UserColumn, "user_id" | "organization_id">("key", organizationMembers, "user_id", own);
  }

  #peek(): Token["kind"] | undefined {
    return this.#tokens[this.#at]?.kind;
  }

  #startsTerm(): boolean {
    const next = this.#peek();
    return next === "term" || next === "field" || next === "(" || next === "NOT";
  }
}

function operandOf(field: string): Operand<UserColumn> {
  return COLUMN_OF.get(field) ?? { path: field.split(".") };
}

function condition(field: string | undefined, value: string, quoted: boolean): UserWhere {
  if (field === undefined)
    return or(...BARE.map((column) => like<UserColumn>(column, `*${value.replaceAll("*", "")}*`)));
  if (field === "_exists_") return present<UserColumn>(operandOf(value));
  const operand = operandOf(field);
  const range = quoted ? null : /^([[{])(\S+) TO (\S+)([\]}])$/.exec(value);
  if (range !== null) {
    if (field.startsWith("user_metadata"))
      throw invalidQuery("q", "Ranges are not supported for user_metadata");
    return rangeCondition(operand, range);
  }
  if (!quoted && value.includes("*")) {
    const literal = value.replace(/^\*/, "");
    if (value.startsWith("*") && value !== "*" && literal.replaceAll("*", "").length < 3) {
      throw invalidQuery("q", "A leading wildcard needs at least three characters after it");
    }
    if (field.startsWith("user_metadata"))
      throw invalidQuery("q", "Wildcards are not supported for user_metadata");
    if (value === "*") return present<UserColumn>(operand);
    if (typeof operand === "string" && value.indexOf("*") === value.length - 1) {
      return beginning<UserColumn>(operand, value.slice(0, -1));
    }
    return like<UserColumn>(operand, value, IGNORING_CASE.has(field));
  }
  const equal = eq<UserColumn>(operand, value);
  if (value === "true" || value === "false") return or(equal, eq<UserColumn>(operand, value === "true"));
  return /^-?\d+(\.\d+)?$/.test(value) && typeof operand !== "string"
    ? or(equal, eq<UserColumn>(operand, Number(value)))
    : equal;
}

function rangeCondition(
  operand: Operand<UserColumn>,
  [, open, from = "*", to = "*", close]: RegExpExecArray,
): UserWhere {
  return and<UserColumn>(
    ...(from === "*"
      ? []
      : [compare(operand, open === "{" ? ">" : ">=", bound(operand, from, open === "{"))]),
    ...(to === "*" ? [] : [compare(operand, close === "}" ? "<" : "<=", bound(operand, to, close === "]"))]),
    present(operand),
  );
}

/** A bound as it is compared: a number inside documents, and of a day its beginning or its end. */
function bound(operand: Operand<UserColumn>, text: string, end: boolean): string | number {
  if (typeof operand !== "string" && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return end && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59.999Z` : text;
}
