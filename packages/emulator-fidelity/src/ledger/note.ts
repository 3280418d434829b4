/**
 * What is known about how like the vendor an operation is. The notes are written by hand, one for each
 * operation; `docs/SUPPORTED.md` is made from them and from the routes.
 */

/**
 * What an operation's answers rest on.
 *
 * - `recorded`: answers of the vendor were recorded, and `npm run replay` holds the tenant to them.
 * - `documented`: the vendor's documentation or its OpenAPI description says so; no recording shows it.
 * - `assumed`: neither says so; it is made in the manner of its neighbors.
 */
export type Basis = "recorded" | "documented" | "assumed";

/** One operation's likeness. Each text is a whole sentence in the user's words, Markdown allowed. */
export interface OperationNote {
  readonly basis: Basis;
  /** Where the operation does something else than the vendor's, or less. */
  readonly differs?: readonly string[];
  /** Texts and rules that the tenant answers with though no recording and no documentation confirms them. */
  readonly unconfirmed?: readonly string[];
}

/** Operations that belong together, and how their things get into a tenant without the operations. */
export interface AreaNotes {
  /**
   * Collections of the tenant's store that hold what the operations read and write: a snapshot that is put
   * back (`PUT /_twin/snapshot`, `restore()`) sets them up. Empty when nothing is stored.
   */
  readonly setUp: readonly string[];
  /** What holds for all of the area's operations. */
  readonly differs?: readonly string[];
  /** By the route's `operation`. */
  readonly operations: Readonly<Record<string, OperationNote>>;
}

/** A tenant's notes. */
export interface TenantNotes {
  /** The vendor's name. */
  readonly vendor: string;
  /** What holds for every operation of the tenant. */
  readonly differs: readonly string[];
  /** By title, in the order of the page. */
  readonly areas: Readonly<Record<string, AreaNotes>>;
}
