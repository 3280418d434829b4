/** What a difference was found against: recordings of the vendor's answers, or the response types of its SDK. */
type Witness = "recordings" | "sdk";

/**
 * How an answer differs.
 *
 * - `status`: another status, `at` is `EXPECTED GOT`, for instance `204 202`.
 * - `missing`: the witness has it, the tenant does not.
 * - `extra`: the tenant has it, the witness does not.
 * - `value`: both have it, with other values.
 * - `order`: a list's elements in another order.
 * - `time`: a time that lies elsewhere: before another, fresh, or moved by an operation.
 * - `header`: a header that clients read; `at` is its name and what of it, `link.next`.
 */
export type DifferenceKind = "status" | "missing" | "extra" | "value" | "order" | "time" | "header";

/** A difference between a tenant and a witness of the vendor that is known and stays, with its reason. */
export interface KnownDifference {
  readonly vendor: "auth0" | "okta";
  readonly witness: Witness;
  /** The operations whose answers differ. */
  readonly operations: readonly string[];
  readonly kind: DifferenceKind;
  /**
   * Where in the answer, `connections[].options.mfa`: list elements as `[]`; `*` for any name or names. The empty
   * text is the answer as a whole.
   */
  readonly at: readonly string[];
  /** Only in recordings whose name contains one of these. In all of them when there is none. */
  readonly recordings?: readonly string[];
  /** A whole sentence: why, and why it stays. */
  readonly reason: string;
}

/** A known difference as it is written down: the names of its operations are separated by spaces. */
interface Entry extends Omit<KnownDifference, "vendor" | "witness" | "operations"> {
  readonly operations: string;
}

/** Known differences from one witness of a vendor. */
export function knownDifferences(
  vendor: KnownDifference["vendor"],
  witness: Witness,
  entries: readonly Entry[],
): KnownDifference[] {
  return entries.map((entry) => ({ ...entry, vendor, witness, operations: entry.operations.split(" ") }));
}

/** A difference that was found, as far as the list needs to know it. */
interface FoundDifference extends Pick<KnownDifference, "vendor" | "witness" | "kind"> {
  readonly operation: string;
  readonly at: string;
  readonly recording?: string;
}

/** The entry of the list for a difference; nothing when it is not known. */
export function entryFor(
  known: readonly KnownDifference[],
  found: FoundDifference,
): KnownDifference | undefined {
  return known.find(
    (entry) =>
      entry.vendor === found.vendor &&
      entry.witness === found.witness &&
      entry.kind === found.kind &&
      entry.operations.includes(found.operation) &&
      entry.at.some((pattern) => matches(pattern, found.at)) &&
      (entry.recordings?.some((name) => found.recording?.includes(name)) ?? true),
  );
}

function matches(pattern: string, at: string): boolean {
  if (!pattern.includes("*")) return pattern === at;
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`).test(at);
}
