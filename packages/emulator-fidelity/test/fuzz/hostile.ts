/** Values that only an attacker or a bug sends. */
import fc from "fast-check";
import type { Json, JsonObject } from "@ai-api-access/emulator-core";

/** Anything that a JSON text can say. */
export type Value = Json;

const LONG = 20_000;

/** Texts that have broken other servers. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "e\u0301\u0301\u0301",
    "\u202eabc",
    "👩‍👩‍👧‍👦",
    "ﷺ",
    "__proto__",
    "constructor",
    "toString",
    "../../etc/passwd",
    "%00",
    "%2e%2e%2f",
    "' OR 1=1 --",
    '"; DROP TABLE users; --',
    "${7*7}",
    "*",
    "%",
    "_",
    "null",
    "NaN",
    "-1",
    "1e999",
    "<script>alert(1)</script>",
    "a\r\nset-cookie: x=y",
    "http://[::1",
    "javascript:alert(1)",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.nat({ max: LONG }).map((length) => "a".repeat(length)),
  fc.constantFrom("é", "𝒳", "\\", '"').map((letter) => letter.repeat(2_000)),
);

const hostileNumber = fc.constantFrom(
  -1,
  0.1,
  -0,
  1e308,
  2 ** 31,
  2 ** 53,
  Number.MIN_SAFE_INTEGER - 1,
  9e15,
);

/** Deeply nested arrays and objects. */
const deep: fc.Arbitrary<Value> = fc
  .tuple(fc.constantFrom(10, 200, 3_000), fc.boolean())
  .map(([depth, list]) => {
    let value: Value = "bottom";
    for (let level = 0; level < depth; level++) value = list ? [value] : { a: value };
    return value;
  });

const many: fc.Arbitrary<Value> = fc.constantFrom<Value[]>(
  Array.from({ length: 2_000 }, (_, index) => String(index)),
  Array.from({ length: 500 }, () => ({})),
  Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${String(index)}`, index])),
);

/** A value of any kind where another kind is expected. */
export const hostileValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 4, arbitrary: fc.constantFrom<Value[]>(null, true, false, [], {}, [null], [[]], { id: null }) },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: many },
);

const hostileKey = fc.constantFrom(
  "__proto__",
  "constructor",
  "id",
  "",
  "toString",
  "client_id",
  "_links",
  "a".repeat(500),
);

/** A value with a change at one place: another value, nothing, or an unknown property. */
export function mutated(value: Value, where: number, how: Mutation): Value {
  const places = pathsOf(value);
  const path = places[where % places.length] ?? [];
  return changed(value, path, how);
}

interface Mutation {
  readonly kind: "replace" | "remove" | "add";
  readonly key: string;
  readonly value: Value;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("replace", "replace", "remove", "add"),
  key: hostileKey,
  value: hostileValue,
});

type Path = readonly string[];

/** Places down to some levels: no schema goes further. */
function pathsOf(value: Value, levels = 8): Path[] {
  if (levels === 0) return [[]];
  const inner = Object.entries(value !== null && typeof value === "object" ? value : {}).slice(0, 50);
  return [[], ...inner.flatMap(([key, child]) => pathsOf(child, levels - 1).map((path) => [key, ...path]))];
}

function changed(value: Value, path: Path, how: Mutation): Value {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (how.kind !== "add" || value === null || typeof value !== "object") return how.value;
    return Array.isArray(value) ? [...value, how.value] : withProperty(value, how.key, how.value);
  }
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).flatMap(([name, child]): [string, Value][] => {
    if (name !== key) return [[name, child]];
    return how.kind === "remove" && rest.length === 0 ? [] : [[name, changed(child, rest, how)]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

/** `{ ...value, [key]: added }`, for `__proto__` as well. */
function withProperty(value: JsonObject, key: string, added: Value): Value {
  return Object.fromEntries([...Object.entries(value), [key, added]]);
}
