import { isRecord } from "@ai-api-access/emulator-core";

/** What an expression gives: null where it speaks of something that is not there. */
export type Value = string | number | boolean | null;

type Facts = Readonly<Record<string, unknown>>;

const TOKEN =
  /\s*(?:(?<text>"[^"]*"|'[^']*')|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w.]*)|(?<sign>==|!=|[?:()+]))/y;

/** The longest expression that is read, in characters: each level of parentheses takes its share of the stack. */
const LONGEST = 1024;

/** Thrown inside: the expression has something that this stand-in cannot read. */
class Unreadable extends Error {}

/**
 * Evaluates an expression of the part of Okta's expression language that claims of a client need: literals,
 * names such as `app.clientId`, `==` and `!=`, `+`, `condition ? one : other`, parentheses (Okta docs, "Okta
 * Expression Language"). Gives `undefined` for one with anything else in it.
 */
export function evaluate(expression: string, facts: Facts): Value | undefined {
  if (expression.length > LONGEST) return undefined;
  try {
    return new Reader(expression, facts).whole();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Reader {
  readonly #tokens: readonly string[];
  readonly #facts: Facts;
  #place = 0;

  constructor(expression: string, facts: Facts) {
    this.#tokens = tokensOf(expression);
    this.#facts = facts;
  }

  whole(): Value {
    const value = this.#choice();
    if (this.#place < this.#tokens.length) throw new Unreadable();
    return value;
  }

  #next(sign: string): boolean {
    const is = this.#tokens[this.#place] === sign;
    if (is) this.#place += 1;
    return is;
  }

  #expect(sign: string): void {
    if (!this.#next(sign)) throw new Unreadable();
  }

  #choice(): Value {
    const condition = this.#comparison();
    if (!this.#next("?")) return condition;
    const one = this.#choice();
    this.#expect(":");
    const other = this.#choice();
    return condition === true ? one : other;
  }

  #comparison(): Value {
    const left = this.#sum();
    if (this.#next("==")) return left === this.#sum();
    if (this.#next("!=")) return left !== this.#sum();
    return left;
  }

  #sum(): Value {
    let left = this.#operand();
    while (this.#next("+")) {
      const right = this.#operand();
      left =
        typeof left === "number" && typeof right === "number"
          ? left + right
          : `${String(left)}${String(right)}`;
    }
    return left;
  }

  #operand(): Value {
    if (this.#next("(")) {
      const value = this.#choice();
      this.#expect(")");
      return value;
    }
    const token = this.#tokens[this.#place] ?? "";
    this.#place += 1;
    if (/^["']/.test(token)) return token.slice(1, -1);
    if (/^\d/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token) || this.#tokens[this.#place] === "(") throw new Unreadable();
    return this.#named(token);
  }

  #named(name: string): Value {
    if (name === "null") return null;
    if (name === "true" || name === "false") return name === "true";
    const [head = "", ...rest] = name.split(".");
    if (!Object.hasOwn(this.#facts, head)) throw new Unreadable();
    const found = rest.reduce<unknown>(
      (value, step) => (isRecord(value) && Object.hasOwn(value, step) ? value[step] : null),
      this.#facts[head],
    );
    if (typeof found === "string" || typeof found === "number" || typeof found === "boolean") return found;
    if (found === null) return null;
    throw new Unreadable();
  }
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const text = expression.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) throw new Unreadable();
    tokens.push(token.trim());
  }
  return tokens;
}
