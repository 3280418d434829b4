import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { z } from "zod";
import { setBounded } from "./bounded.ts";
import { Documents } from "./documents.ts";
import { quoteName, toSqlValue } from "./where.ts";
import type { Scalar, SqlValue, Where } from "./where.ts";

/** A column beside the document, kept so that look-ups and pages go by an index. */
export interface Column<T> {
  /** The column's value for a document. */
  readonly of: (doc: T) => Scalar;
  /** Compare without regard to the case of ASCII letters. */
  readonly ignoreCase?: boolean;
  /** No two documents may share a value (nulls aside). */
  readonly unique?: boolean;
}

/** What a collection is: its documents' shape, their key, and the columns they are found by. */
export interface CollectionSpec<T, K extends string> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** The document's key, unique in the collection. */
  readonly key: (doc: T) => string;
  readonly columns?: Readonly<Record<K, Column<T>>>;
  /** Further indexes over several columns, for pages in an order. A single column has its own anyway. */
  readonly indexes?: readonly (readonly (NoInfer<K> | "key" | "seq")[])[];
}

/** A page to read: `order` defaults to the order of insertion. */
export interface Page<K extends string> {
  readonly order?: readonly (K | "key" | "seq")[];
  readonly descending?: boolean;
  readonly limit?: number;
  readonly offset?: number;
  /** Only documents after this place in the order: one value for each column of `order`. */
  readonly after?: readonly Scalar[];
  /**
   * Most documents match: walk through them in their order, by its index, and leave out the others, instead of finding
   * all that match and sorting them.
   */
  readonly walkInOrder?: boolean;
}

/** Gives prepared statements for SQL text, each prepared once. */
type Prepare = (sql: string) => StatementSync;

/** How many counts a collection remembers until something changes. */
const KNOWN_COUNTS = 100;

/** JSON documents of one kind, in one table of the tenant's database. */
export class Collection<T, K extends string = never> {
  readonly spec: CollectionSpec<T, K>;
  readonly #prepare: Prepare;
  readonly #table: string;
  readonly #columns: readonly [string, Column<T>][];
  readonly #version: () => string;
  readonly #documents: Documents<T>;
  /** Counts of this version: a large collection is counted for every page of it. */
  #counts = { version: "", known: new Map<string, number>() };

  /** @param version gives a different text whenever something may have changed */
  constructor(spec: CollectionSpec<T, K>, prepare: Prepare, version: () => string) {
    this.spec = spec;
    this.#prepare = prepare;
    this.#version = version;
    this.#table = quoteName(spec.name);
    this.#columns = columnsOf(spec);
    this.#documents = new Documents(spec.schema);
  }

  /** The document with this key. */
  get(key: string): T | undefined {
    const row = this.#prepare(`SELECT key, doc FROM ${this.#table} WHERE key = ?`).get(key);
    return row === undefined ? undefined : this.#read(row);
  }

  /** Whether a document with this key exists. */
  has(key: string): boolean {
    return this.#prepare(`SELECT 1 FROM ${this.#table} WHERE key = ?`).get(key) !== undefined;
  }

  /** Adds a document. Throws when its key or a unique value is taken. */
  insert(doc: T): T {
    const names = ["key", "doc", ...this.#columns.map(([name]) => name)].map(quoteName).join(", ");
    const values = this.#values(doc);
    const marks = values.map(() => "?").join(", ");
    this.#prepare(`INSERT INTO ${this.#table} (${names}) VALUES (${marks})`).run(...values);
    return doc;
  }

  /** Writes a document in place of the one with its key, or adds it. Its place in the order stays. */
  put(doc: T): T {
    if (!this.has(this.spec.key(doc))) return this.insert(doc);
    const [key = "", ...values] = this.#values(doc);
    const sets = ["doc", ...this.#columns.map(([name]) => name)].map((name) => `${quoteName(name)} = ?`);
    this.#prepare(`UPDATE ${this.#table} SET ${sets.join(", ")} WHERE key = ?`).run(...values, key);
    return doc;
  }

  /** Removes the document with this key; says whether there was one. */
  delete(key: string): boolean {
    return this.#prepare(`DELETE FROM ${this.#table} WHERE key = ?`).run(key).changes !== 0;
  }

  /** Removes all documents that match; says how many there were. */
  deleteWhere({ sql, params }: Where<K | "key">): number {
    return Number(this.#prepare(`DELETE FROM ${this.#table} WHERE ${sql}`).run(...params).changes);
  }

  /** The documents that match, a page of them or all. */
  find(where?: Where<K | "key">, page: Page<K> = {}): T[] {
    const order = (page.order ?? ["seq"]).map(quoteName);
    const conditions: { sql: string; params: readonly SqlValue[] }[] = [];
    // Behind a plus sign SQLite uses no index for a condition.
    if (where !== undefined)
      conditions.push(page.walkInOrder === true ? { ...where, sql: `+(${where.sql})` } : where);
    if (page.after !== undefined) {
      const marks = order.map(() => "?").join(", ");
      const sign = page.descending === true ? "<" : ">";
      conditions.push({
        sql: `(${order.join(", ")}) ${sign} (${marks})`,
        params: page.after.map(toSqlValue),
      });
    }
    const filter =
      conditions.length === 0 ? "" : ` WHERE ${conditions.map((part) => part.sql).join(" AND ")}`;
    const direction = page.descending === true ? " DESC" : "";
    const sql =
      `SELECT key, doc FROM ${this.#table}${filter} ` +
      `ORDER BY ${order.map((name) => name + direction).join(", ")} LIMIT ? OFFSET ?`;
    const params = [...conditions.flatMap((part) => part.params), page.limit ?? -1, page.offset ?? 0];
    return this.#prepare(sql)
      .all(...params)
      .map((row) => this.#read(row));
  }

  /** The first document that matches, in the order of insertion. */
  first(where: Where<K | "key">): T | undefined {
    return this.find(where, { limit: 1 })[0];
  }

  /** How many documents match. */
  count(where?: Where<K | "key">): number {
    const { sql, params } = where ?? { sql: "1", params: [] };
    const version = this.#version();
    if (this.#counts.version !== version) this.#counts = { version, known: new Map() };
    const asked = JSON.stringify([sql, params]);
    const { known } = this.#counts;
    const before = known.get(asked);
    if (before !== undefined) return before;
    const row = this.#prepare(`SELECT COUNT(*) AS n FROM ${this.#table} WHERE ${sql}`).get(...params);
    const count = Number(row?.n ?? 0);
    setBounded(known, asked, count, KNOWN_COUNTS);
    return count;
  }

  #read(row: Record<string, SQLOutputValue>): T {
    return this.#documents.read(String(row.key), String(row.doc));
  }

  #values(doc: T): SqlValue[] {
    const columns = this.#columns.map(([, column]) => toSqlValue(column.of(doc)));
    return [this.spec.key(doc), JSON.stringify(doc), ...columns];
  }
}

function columnsOf<T, K extends string>(spec: CollectionSpec<T, K>): [string, Column<T>][] {
  return spec.columns === undefined ? [] : Object.entries<Column<T>>(spec.columns);
}

/** A collection's table and indexes, as the statements that make them. */
export function tableDefinition<T, K extends string>(spec: CollectionSpec<T, K>): string[] {
  const table = quoteName(spec.name);
  const columns = columnsOf(spec);
  const declared = columns.map(
    ([name, column]) => `${quoteName(name)}${column.ignoreCase === true ? " COLLATE NOCASE" : ""}`,
  );
  const single = columns.map(([name, column]) => ({ columns: [name], unique: column.unique === true }));
  const several = (spec.indexes ?? []).map((names) => ({ columns: [...names], unique: false }));
  return [
    `CREATE TABLE ${table} (${["seq INTEGER PRIMARY KEY AUTOINCREMENT", "key TEXT NOT NULL UNIQUE", "doc TEXT NOT NULL", ...declared].join(", ")})`,
    ...[...single, ...several].map((index) => {
      const name = quoteName([spec.name, ...index.columns].join("_"));
      const on = index.columns.map(quoteName).join(", ");
      return `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${name} ON ${table} (${on})`;
    }),
  ];
}

/** The documents of a table as JSON text, in their order; for tables whose collection is not open yet. */
export function rawDocuments(database: DatabaseSync, table: string): string[] {
  return database
    .prepare(`SELECT doc FROM ${quoteName(table)} ORDER BY seq`)
    .all()
    .map((row) => String(row.doc));
}
