/** Holds an answer to the type that the vendor's SDK gives it. */
import type { ErrorObject, ValidateFunction } from "ajv";
import { z } from "zod";
import type { DifferenceKind } from "../../src/ledger/known-difference.ts";
import { validatorsOf } from "./schemas.ts";
import type { SdkVendor } from "./schemas.ts";

/** One way in which an answer is not of its type. */
export interface ShapeDifference {
  readonly operation: string;
  readonly kind: DifferenceKind;
  /** `connections[].options.mfa`; empty for the whole answer. */
  readonly at: string;
  readonly detail: string;
}

const recordSchema = z.record(z.string(), z.unknown());
/** What a page says of itself, next to its list. The recordings and the SDKs' own paging hold these. */
const PAGE_KEYS = new Set(["start", "limit", "total", "length", "next"]);

/** Checks the answers of one vendor's tenant. */
export class ShapeCheck {
  readonly #vendor: SdkVendor;
  readonly #validators: ReadonlyMap<string, ValidateFunction>;
  readonly #found = new Map<string, ShapeDifference>();
  readonly #checked = new Set<string>();

  constructor(vendor: SdkVendor) {
    this.#vendor = vendor;
    this.#validators = validatorsOf(vendor);
  }

  /** The operations whose answers have a type. */
  get typed(): ReadonlySet<string> {
    return new Set(this.#validators.keys());
  }

  /** The operations of which an answer was checked. */
  get checked(): ReadonlySet<string> {
    return this.#checked;
  }

  /** What was found so far, the same find once. */
  get found(): readonly ShapeDifference[] {
    return [...this.#found.values()];
  }

  /** Checks the answer of a success. An operation without a type is passed by. */
  look(operation: string, body: unknown): void {
    const validate = this.#validators.get(operation);
    if (validate === undefined || body === undefined) return;
    this.#checked.add(operation);
    const isList = validate.schema !== true && JSON.stringify(validate.schema).startsWith('{"type":"array"');
    // Okta's types know no null: a property that is null there counts as left out.
    validate(withoutNulls(isList ? listIn(body) : body, this.#vendor === "okta"));
    for (const error of relevant(validate.errors ?? [])) {
      const difference = differenceOf(operation, error);
      this.#found.set(`${operation} ${difference.kind} ${difference.at}`, difference);
    }
  }
}

/** The list that an answer is, or that a page holds. */
function listIn(body: unknown): unknown {
  const page = recordSchema.safeParse(body);
  if (Array.isArray(body) || !page.success) return body;
  const others = Object.entries(page.data).filter(([key]) => !PAGE_KEYS.has(key));
  return others.length === 1 ? others[0]?.[1] : body;
}

function withoutNulls(value: unknown, wanted: boolean): unknown {
  if (!wanted) return value;
  if (Array.isArray(value)) return value.map((inner) => withoutNulls(inner, wanted));
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) return value;
  const kept = Object.entries(parsed.data).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner, wanted)]));
}

const branchesSchema = z.array(z.object({ type: z.unknown().optional() }));

/**
 * What is worth saying. Of a value that fits none of several types only that is said, not how it fails each; of one
 * that may be null or of one type, how it fails that.
 */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === "anyOf");
  const optional = unions.filter(({ schema }) => {
    const branches = branchesSchema.parse(schema);
    return branches.length === 2 && branches.some(({ type }) => type === "null");
  });
  const several = unions.filter((union) => !optional.includes(union));
  const isNullBranch = ({ keyword, schema }: ErrorObject) => keyword === "type" && schema === "null";
  return errors.filter((error) => {
    if (optional.includes(error) || isNullBranch(error)) return false;
    return several.includes(error) || !several.some((union) => isWithin(error, union));
  });
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
  return `${error.instancePath}/`.startsWith(`${union.instancePath}/`);
}

const paramsSchema = z.object({
  missingProperty: z.string().optional(),
  additionalProperty: z.string().optional(),
});

function differenceOf(operation: string, error: ErrorObject): ShapeDifference {
  const { missingProperty, additionalProperty } = paramsSchema.parse(error.params);
  const place = error.instancePath
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? "[]" : `.${step}`))
    .join("");
  const property = missingProperty ?? additionalProperty;
  const at = `${place}${property === undefined ? "" : `.${property}`}`.replace(/^\./, "");
  const kind =
    missingProperty !== undefined ? "missing" : additionalProperty !== undefined ? "extra" : "value";
  return { operation, kind, at, detail: `${error.message ?? ""} ${JSON.stringify(error.params)}` };
}
