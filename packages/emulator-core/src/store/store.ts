import { existsSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { z } from "zod";
import { jsonSchema, parseJson } from "../json.ts";
import type { Clock } from "../times.ts";
import { setBounded } from "./bounded.ts";
import { Collection, rawDocuments, tableDefinition } from "./collection.ts";
import type { CollectionSpec } from "./collection.ts";
import { UndoLog } from "./undo-log.ts";
import { quoteName } from "./where.ts";

/** Checks a {@link TenantSnapshot}. */
export const tenantSnapshotSchema = z.object({
  version: z.literal(1),
  collections: z.record(z.string(), z.array(jsonSchema)),
});

/**
 * Everything stored in a tenant, as plain JSON: each collection's documents in their order. It holds the tenant's
 * secrets and keys.
 */
export type TenantSnapshot = z.infer<typeof tenantSnapshotSchema>;

/** A point in the life of a store, see {@link Store.marks}. */
export const storeMarksSchema = z.record(z.string(), z.number().int());

type StoreMarks = z.infer<typeof storeMarksSchema>;

/** How many prepared statements are kept. Searches make texts of their own, and there is no end to them. */
const STATEMENTS = 1000;

/**
 * A tenant's database: one SQLite file, or `:memory:`.
 * It is written in write-ahead mode, so that what is committed outlives a killed process.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Parses and inserts a document, by the name of its collection. */
  readonly #inserts = new Map<string, (document: unknown) => void>();
  #depth = 0;
  /** How often writes were rolled back. */
  #rollbacks = 0;
  #undoLog: UndoLog | undefined;

  constructor(file: string) {
    // It holds secrets. What SQLite puts beside a file has the file's own mode.
    if (file !== ":memory:" && !existsSync(file)) writeFileSync(file, "", { mode: 0o600 });
    this.#database = new DatabaseSync(file);
    // NORMAL with WAL survives the death of the process. FULL would also survive a loss of power, at the price of a
    // disk flush for every request.
    this.#database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;
      CREATE TABLE IF NOT EXISTS kit_tables (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS kit_birth (snapshot TEXT NOT NULL);
    `);
  }

  /**
   * Opens a collection and makes its table when there is none. When the columns have changed since the file was
   * written, the table is rebuilt from its documents.
   */
  collection<T, K extends string = never>(spec: CollectionSpec<T, K>): Collection<T, K> {
    const collection = new Collection(
      spec,
      (sql) => this.#prepare(sql),
      () => this.#version(),
    );
    const insert = (document: unknown): void => {
      collection.insert(spec.schema.parse(document));
    };
    this.transaction(() => {
      const definition = tableDefinition(spec);
      const known = this.#prepare("SELECT definition FROM kit_tables WHERE name = ?").get(spec.name);
      if (known?.definition === definition.join(";")) return;
      const documents = known === undefined ? [] : rawDocuments(this.#database, spec.name);
      this.#database.exec(`DROP TABLE IF EXISTS ${quoteName(spec.name)}`);
      for (const statement of definition) this.#database.exec(statement);
      this.#prepare("REPLACE INTO kit_tables (name, definition) VALUES (?, ?)").run(
        spec.name,
        definition.join(";"),
      );
      for (const text of documents) insert(parseJson(text));
    });
    this.#inserts.set(spec.name, insert);
    return collection;
  }

  /** Runs `work` in one transaction: all of its writes are kept, or none when it throws. May be nested. */
  transaction<R>(work: () => R): R {
    return this.#depth > 0 ? work() : this.#run(work, "COMMIT");
  }

  #run<R>(work: () => R, end: "COMMIT" | "ROLLBACK"): R {
    const changes = this.#changes();
    const rollBack = (): void => {
      this.#database.exec("ROLLBACK");
      if (this.#changes() !== changes) this.#rollbacks += 1;
    };
    this.#database.exec("BEGIN IMMEDIATE");
    this.#depth += 1;
    try {
      const result = work();
      if (end === "COMMIT") this.#database.exec("COMMIT");
      else rollBack();
      return result;
    } catch (error) {
      rollBack();
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** How many rows were ever written, including those that were rolled back. */
  #changes(): number {
    return Number(this.#prepare("SELECT total_changes() AS n").get()?.n);
  }

  /** A different text whenever something may have changed. */
  #version(): string {
    return `${String(this.#changes())}/${String(this.#rollbacks)}`;
  }

  /** From now on, keeps in memory the last `ms` milliseconds of these collections for {@link Store.asOf}; 0 ends it. */
  remember(collections: readonly string[], clock: Clock, ms: number): void {
    this.#undoLog?.close();
    this.#undoLog = ms === 0 ? undefined : new UndoLog(this.#database, collections, clock, ms);
  }

  /** Runs `work` on these collections as they were at a time of the remembering clock. Its writes are not kept. */
  asOf<R>(time: number, collections: readonly string[], work: () => R): R {
    return this.#run(() => {
      this.#undoLog?.undoAfter(time, collections);
      return work();
    }, "ROLLBACK");
  }

  /** Everything stored. */
  snapshot(): TenantSnapshot {
    const collections = [...this.#inserts.keys()].map((name): [string, unknown[]] => [
      name,
      rawDocuments(this.#database, name).map(parseJson),
    ]);
    return tenantSnapshotSchema.parse({ version: 1, collections: Object.fromEntries(collections) });
  }

  /** Puts a snapshot in place of everything stored. A wrong snapshot throws and changes nothing. */
  restore(snapshot: TenantSnapshot): void {
    const unknown = Object.keys(snapshot.collections).filter((name) => !this.#inserts.has(name));
    if (unknown.length > 0) {
      throw new Error(
        `The snapshot holds collections that this tenant does not have: ${unknown.join(", ")}. ` +
          "It was taken from another kind of tenant or a newer version of it.",
      );
    }
    this.transaction(() => {
      for (const [name, insert] of this.#inserts) {
        this.#database.exec(`DELETE FROM ${quoteName(name)}`);
        for (const document of snapshot.collections[name] ?? []) insert(document);
      }
    });
    this.#undoLog?.clear();
  }

  /** Whether {@link Store.seed} was done in the life of the file. */
  get seeded(): boolean {
    return this.#prepare("SELECT 1 FROM kit_birth").get() !== undefined;
  }

  /**
   * Seeds a new store and keeps the result for {@link Store.reset}; does nothing when the store was seeded before.
   * Call it once all collections are open.
   */
  seed(fill: () => void): void {
    this.transaction(() => {
      if (this.seeded) return;
      fill();
      this.#prepare("INSERT INTO kit_birth (snapshot) VALUES (?)").run(JSON.stringify(this.snapshot()));
    });
  }

  /** Puts everything back to the seed, ids, keys and secrets included. */
  reset(): void {
    const row = this.#prepare("SELECT snapshot FROM kit_birth").get();
    if (row === undefined) throw new Error("This store was never seeded: there is nothing to go back to.");
    this.restore(tenantSnapshotSchema.parse(parseJson(String(row.snapshot))));
  }

  /** How far each collection has come: the place of the last document that was ever inserted, by name. */
  marks(): StoreMarks {
    const rows = this.#database.prepare("SELECT name, seq FROM sqlite_sequence").all();
    return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.seq)]));
  }

  /** The keys of what was inserted after these marks and is still there, by collection. */
  keysAfter(marks: StoreMarks): Record<string, string[]> {
    const keys = [...this.#inserts.keys()].map((name): [string, string[]] => {
      const rows = this.#prepare(`SELECT key FROM ${quoteName(name)} WHERE seq > ? ORDER BY seq`);
      return [name, rows.all(marks[name] ?? 0).map((row) => String(row.key))];
    });
    return Object.fromEntries(keys.filter(([, list]) => list.length > 0));
  }

  /** Closes the file; does nothing when it is closed. */
  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    setBounded(this.#statements, sql, statement, STATEMENTS);
    return statement;
  }
}
