/** Values that fit a route's schema, as far as a JSON Schema made from it can tell. */
import fc from "fast-check";
import { z } from "zod";
import type { JsonObject } from "@ai-api-access/emulator-core";
import type { Value } from "./hostile.ts";

const valueSchema: z.ZodType<Value> = z.json();

/** The part of JSON Schema that zod writes. */
const jsonSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: valueSchema.optional(),
  enum: z.array(valueSchema).optional(),
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
  get allOf() {
    return z.array(jsonSchema).optional();
  },
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get additionalProperties() {
    return z.union([z.boolean(), jsonSchema]).optional();
  },
  get items() {
    return z.union([z.boolean(), jsonSchema]).optional();
  },
  get prefixItems() {
    return z.array(jsonSchema).optional();
  },
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
type JsonSchema = z.infer<typeof jsonSchema>;

/** Texts that name something that is there, for a property or parameter of that name. */
export type References = (name: string) => readonly string[];

/** Values for a schema. What it cannot say (custom checks) is left to chance. */
export function shaped(schema: z.ZodType, references: References): fc.Arbitrary<Value> {
  const json = jsonSchema.parse(
    z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }),
  );
  return new Shapes(references).of(json, "");
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uri: fc.constantFrom(
    "https://example.com/",
    "https://ai.example.com/callback?x=1",
    "http://localhost:3000",
  ),
  email: fc.constantFrom("somebody@example.com", "ada@example.com", "x+y@example.org"),
  "date-time": fc.constantFrom("2026-11-22T00:00:00.000Z", "1999-12-31T23:59:59Z"),
};
const WORDS = ["ai", "AI API", "https://ai.example.com", "ai:read", "a-b-c", "my-awesome-company", "🤖"];

class Shapes {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /** @param name of the property that the value is for */
  of(schema: JsonSchema, name: string): fc.Arbitrary<Value> {
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either !== undefined) return fc.oneof(...either.map((one) => this.of(one, name)));
    if (schema.allOf !== undefined) return this.#all(schema.allOf, name);
    const { type } = schema;
    if (Array.isArray(type)) return fc.oneof(...type.map((one) => this.of({ ...schema, type: one }, name)));
    if (type === "object") return this.#object(schema);
    if (type === "array") return this.#array(schema, name);
    if (type === "string") return this.#text(schema, name);
    if (type === "integer") return fc.integer(range(schema));
    if (type === "number") return fc.double({ ...range(schema), noNaN: true });
    if (type === "boolean") return fc.boolean();
    if (type === "null") return fc.constant(null);
    return fc.oneof(this.#text({}, name), fc.constantFrom<Value[]>({}, [], null, true, 1, { name: "ai" }));
  }

  #all(parts: readonly JsonSchema[], name: string): fc.Arbitrary<Value> {
    return fc.tuple(...parts.map((part) => this.of(part, name))).map((values) => {
      const objects = values.flatMap((value) => (isObject(value) ? [value] : []));
      return objects.length === values.length
        ? Object.fromEntries(objects.flatMap((object) => Object.entries(object)))
        : (values[0] ?? null);
    });
  }

  #object({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<Value> {
    const known = Object.entries(properties).map(
      ([key, schema]): [string, fc.Arbitrary<Value | undefined>] => {
        const value = this.of(schema, key);
        return [key, required.includes(key) ? value : fc.option(value, { nil: undefined, freq: 2 })];
      },
    );
    const free =
      additionalProperties === undefined || typeof additionalProperties === "boolean"
        ? fc.constant({})
        : fc.dictionary(fc.constantFrom("plan", "tier", "x"), this.of(additionalProperties, ""), {
            maxKeys: 2,
          });
    return fc.tuple(fc.record(Object.fromEntries(known)), free).map(([record, more]) => {
      const given = Object.entries(record).flatMap(([key, value]): [string, Value][] =>
        value === undefined ? [] : [[key, value]],
      );
      return { ...more, ...Object.fromEntries(given) };
    });
  }

  #array({ items = {}, prefixItems, minItems = 0, maxItems }: JsonSchema, name: string): fc.Arbitrary<Value> {
    if (prefixItems !== undefined) return fc.tuple(...prefixItems.map((item) => this.of(item, name)));
    return fc.array(this.of(typeof items === "boolean" ? {} : items, name), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems ?? 3, 3)),
    });
  }

  #text({ pattern, format, minLength = 0, maxLength = 200 }: JsonSchema, name: string): fc.Arbitrary<string> {
    const there = this.#references(name);
    const free: fc.Arbitrary<string>[] = [fc.constantFrom(...WORDS), fc.string({ maxLength: 20 })];
    if (pattern !== undefined) free.push(fc.stringMatching(new RegExp(pattern, "u"), { maxLength: 60 }));
    if (format !== undefined && FORMATS[format] !== undefined) free.push(FORMATS[format], FORMATS[format]);
    if (there.length > 0) free.push(fc.constantFrom(...there), fc.constantFrom(...there));
    return fc.oneof(...free).map((text) => text.slice(0, maxLength).padEnd(minLength, "x"));
  }
}

function range({ minimum = -10, maximum = 1_000_000 }: JsonSchema) {
  return { min: Math.max(minimum, -1e9), max: Math.min(maximum, 1e9) };
}

function isObject(value: Value): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
