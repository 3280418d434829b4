import { isList } from "@ai-api-access/provider-kit";
import type { Plain } from "@ai-api-access/provider-kit";

/**
 * One property of a resource or function, as data: what the program may give, how it is written to and read from
 * the vendor's JSON, and what a change of it means.
 */
export type Property = PropertyFlags &
  (
    | { readonly type: "string" | "boolean" | "number" }
    /** A set is a list whose order means nothing. */
    | {
        readonly type: "list" | "set";
        readonly of: Property;
        /** A list of at most one for the program that is a single object for the vendor. */
        readonly single?: boolean;
        /** How a set is ordered when it is sent; by value unless said otherwise. */
        readonly order?: "checksum";
      }
    /** Any keys, text values. */
    | { readonly type: "map" }
    /** Text that holds JSON for the program, JSON itself for the vendor. */
    | {
        readonly type: "json";
        /** Compared as text with what the vendor shows, which the official plugin keeps with its keys in order. */
        readonly sorted?: boolean;
      }
    | { readonly type: "object"; readonly fields: PropertyTable }
  );

interface PropertyFlags {
  /** Where it is in the vendor's JSON: a dotted path. Empty for what is not in the body (ids in the path, say). */
  readonly wire: string;
  readonly required?: boolean;
  /** A change makes a new resource (`ForceNew` in the official plugin). */
  readonly replace?: boolean;
  /** The vendor fills it in when the program does not: unknown in a preview, and no change when left out. */
  readonly computed?: boolean;
  /** Filled in by the vendor only; not an input. */
  readonly output?: boolean;
  readonly secret?: boolean;
  /** What an input becomes when the program leaves it out. The official plugins fill in truthy defaults only. */
  readonly default?: Plain;
  /** Made from the resource's name when left out. */
  readonly autoName?: boolean;
  /** Which writes carry it: by default create and update alike; "changed" leaves it out of an update that does not change it. */
  readonly sent?: "create" | "changed" | "never";
  /** What is written when there is no value; by default nothing is. */
  readonly otherwise?: Plain;
  /** Never reported by the vendor again: the state keeps what was sent. */
  readonly writeOnly?: boolean;
}

export type PropertyTable = Readonly<Record<string, Property>>;

type Flags = Omit<PropertyFlags, "wire">;

/** Text. */
export const text = (wire: string, flags: Flags = {}): Property => ({ ...flags, wire, type: "string" });
/** True or false. */
export const flag = (wire: string, flags: Flags = {}): Property => ({ ...flags, wire, type: "boolean" });
/** A number. */
export const count = (wire: string, flags: Flags = {}): Property => ({ ...flags, wire, type: "number" });
/** A list of texts whose order counts. */
export const list = (wire: string, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "list",
  of: text(""),
});
/** A list of texts whose order means nothing. */
export const set = (wire: string, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "set",
  of: text(""),
});
/** A list of texts whose order means nothing, sent in the order of their checksums. */
export const checksumSet = (wire: string, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "set",
  of: text(""),
  order: "checksum",
});
/** Texts by key. */
export const map = (wire: string, flags: Flags = {}): Property => ({ ...flags, wire, type: "map" });
/** JSON, given as text. */
export const json = (wire: string, flags: Flags = {}): Property => ({ ...flags, wire, type: "json" });
/** JSON, given as text, that is no change only if its keys are in order. */
export const sortedJson = (wire: string, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "json",
  sorted: true,
});
/** A nested object. */
export const object = (wire: string, fields: PropertyTable, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "object",
  fields,
});
/** A list of objects whose order means nothing, as most lists of objects do in the official plugins. */
export const objects = (wire: string, fields: PropertyTable, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "set",
  of: object("", fields),
});

/** A list of objects whose order counts. */
export const objectList = (wire: string, fields: PropertyTable, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "list",
  of: object("", fields),
});

/** A list of at most one object, which is not a list for the vendor. */
export const single = (wire: string, fields: PropertyTable, flags: Flags = {}): Property => ({
  ...flags,
  wire,
  type: "list",
  of: object("", fields),
  single: true,
});

/** An id that is in the request's path, not in its body. */
export const pathId = (flags: Flags = {}): Property => text("", { required: true, ...flags });

/** A property that the vendor fills in and the program cannot set. */
export const out = (property: Property): Property => ({ ...property, output: true, computed: true });

/** The properties that a program may set. */
export function inputsOf(table: PropertyTable): PropertyTable {
  return Object.fromEntries(Object.entries(table).filter(([, property]) => property.output !== true));
}

/** What a property shows when there is nothing. */
export function emptyOf(property: Property): Plain {
  switch (property.type) {
    case "boolean":
      return false;
    case "number":
      return 0;
    case "list":
    case "set":
      return [];
    case "map":
    case "object":
      return {};
    case "string":
    case "json":
      return "";
  }
}

/** Nothing, empty text, an empty list, false and 0: whether the vendor shows them or not makes no difference. */
export function isEmpty(value: Plain | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return isList(value) && value.length === 0;
}
