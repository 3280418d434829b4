import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../times.ts";
import { quoteName } from "./where.ts";

/**
 * Remembers for some time how to undo the changes of some tables. Triggers of this connection write the SQL that undoes
 * a change into a table in memory (https://www.sqlite.org/undoredo.html), so nothing of it is in the tenant's file.
 */
export class UndoLog {
  readonly #database: DatabaseSync;
  readonly #triggers: readonly string[];

  /** @param keep milliseconds for which changes are remembered */
  constructor(database: DatabaseSync, tables: readonly string[], clock: Clock, keep: number) {
    this.#database = database;
    database.function("undo_now", () => clock());
    database.exec(`
      PRAGMA temp_store = MEMORY;
      CREATE TEMP TABLE undo (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, tbl TEXT NOT NULL, sql TEXT NOT NULL);
      CREATE INDEX temp.undo_at ON undo (at);
    `);
    this.#triggers = tables.flatMap((table) => {
      const name = `main.${quoteName(table)}`;
      const columns = columnsOf(database, table);
      const old = columns.map((column) => `quote(OLD.${column})`).join(" || ',' || ");
      const back = `'REPLACE INTO ${name} (${columns.join(", ")}) VALUES (' || ${old} || ')'`;
      const away = `'DELETE FROM ${name} WHERE key = ' || quote(NEW.key)`;
      return Object.entries({ INSERT: away, UPDATE: back, DELETE: back }).map(([event, undo]) => {
        const trigger = quoteName(`undo_${table}_${event}`);
        database.exec(`
          CREATE TEMP TRIGGER ${trigger} AFTER ${event} ON ${name} BEGIN
            DELETE FROM undo WHERE at <= undo_now() - ${String(keep)};
            INSERT INTO undo (at, tbl, sql) VALUES (undo_now(), '${table}', ${undo});
          END`);
        return trigger;
      });
    });
  }

  /** Undoes what was changed in these tables after a time. To get it back, end the transaction with a rollback. */
  undoAfter(time: number, tables: readonly string[]): void {
    const marks = tables.map(() => "?").join(", ");
    const sql = `SELECT sql FROM temp.undo WHERE at > ? AND tbl IN (${marks}) ORDER BY id DESC`;
    const changes = this.#database.prepare(sql).all(time, ...tables);
    for (const change of changes) this.#database.exec(String(change.sql));
  }

  /** Forgets all changes so far, so that none of them is undone. */
  clear(): void {
    this.#database.exec("DELETE FROM temp.undo");
  }

  /** Ends the recording. */
  close(): void {
    for (const trigger of this.#triggers) this.#database.exec(`DROP TRIGGER temp.${trigger}`);
    this.#database.exec("DROP TABLE temp.undo");
  }
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  const rows = database.prepare("SELECT name FROM pragma_table_info(?)").all(table);
  if (rows.length === 0) throw new Error(`There is no collection "${table}".`);
  return rows.map(({ name }) => quoteName(String(name)));
}
