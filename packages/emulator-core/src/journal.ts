import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { parseJson } from "./json.ts";
import type { Clock } from "./times.ts";
import { quoteName } from "./where.ts";

const entrySchema = z.object({ tbl: z.string(), key: z.string(), row: z.string().nullable() });
const rowSchema = z.array(z.union([z.string(), z.number(), z.null()]));

/**
 * Notes what the rows of some tables were before each change, for as long as that is asked for, so that they can be
 * put back. It is kept in memory, by triggers of this connection: nothing of it is in the tenant's file.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #columns: ReadonlyMap<string, readonly string[]>;

  /** @param keep milliseconds for which changes are remembered */
  constructor(database: DatabaseSync, tables: readonly string[], clock: Clock, keep: number) {
    this.#database = database;
    this.#columns = new Map(tables.map((table) => [table, columnsOf(database, table)]));
    database.function("journal_now", () => clock());
    database.exec(`
      PRAGMA temp_store = MEMORY;
      CREATE TEMP TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, row TEXT);
      CREATE INDEX temp.journal_at ON journal (at);
    `);
    for (const [table, columns] of this.#columns) {
      const old = `json_array(${columns.map((column) => `OLD.${quoteName(column)}`).join(", ")})`;
      for (const [event, key, row] of [
        ["INSERT", "NEW.key", "NULL"],
        ["UPDATE", "OLD.key", old],
        ["DELETE", "OLD.key", old],
      ] as const) {
        database.exec(`
          CREATE TEMP TRIGGER ${triggerName(table, event)} AFTER ${event} ON main.${quoteName(table)} BEGIN
            DELETE FROM journal WHERE at <= journal_now() - ${String(keep)};
            INSERT INTO journal (at, tbl, key, row) VALUES (journal_now(), '${table}', ${key}, ${row});
          END`);
      }
    }
  }

  /** Puts the rows of tables back as they were at a time. The caller takes that back by ending its transaction. */
  rewind(tables: readonly string[], time: number): void {
    const changes = this.#database
      .prepare("SELECT tbl, key, row FROM temp.journal WHERE at > ? ORDER BY id DESC")
      .all(time)
      .map((entry) => entrySchema.parse(entry))
      .filter(({ tbl }) => tables.includes(tbl));
    for (const { tbl, key, row } of changes) {
      const table = `main.${quoteName(tbl)}`;
      if (row === null) {
        this.#database.prepare(`DELETE FROM ${table} WHERE key = ?`).run(key);
        continue;
      }
      const columns = this.#columns.get(tbl) ?? [];
      const names = columns.map(quoteName).join(", ");
      const marks = columns.map(() => "?").join(", ");
      this.#database
        .prepare(`REPLACE INTO ${table} (${names}) VALUES (${marks})`)
        .run(...rowSchema.parse(parseJson(row)));
    }
  }

  /** Forgets all changes so far: nothing is put back before them. */
  forget(): void {
    this.#database.exec("DELETE FROM temp.journal");
  }

  /** Notes no more. */
  close(): void {
    for (const table of this.#columns.keys()) {
      for (const event of ["INSERT", "UPDATE", "DELETE"])
        this.#database.exec(`DROP TRIGGER temp.${triggerName(table, event)}`);
    }
    this.#database.exec("DROP TABLE temp.journal");
  }
}

function triggerName(table: string, event: string): string {
  return quoteName(`journal_${table}_${event}`);
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  const rows = database.prepare("SELECT name FROM pragma_table_info(?)").all(table);
  if (rows.length === 0) throw new Error(`There is no collection "${table}".`);
  return rows.map(({ name }) => String(name));
}
