import { z } from "zod";

/** What a value must be, in words, and one value that would do. */
export interface Rule {
  readonly wants: string;
  readonly example: string;
}

const rules = z.registry<Rule>();

/** A schema together with its rule in words, which the messages print in place of the schema library's own. */
export function field<S extends z.ZodType>(schema: S, rule: Rule): S {
  rules.add(schema, rule);
  return schema;
}

type Step = PropertyKey;

function inner(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return inner(schema.unwrap());
  }
  return schema;
}

function child(schema: z.core.$ZodType, step: Step): z.core.$ZodType | undefined {
  const here = inner(schema);
  if (here instanceof z.ZodObject) {
    const property: unknown = Reflect.get(here.shape, step);
    return property instanceof z.ZodType ? property : undefined;
  }
  if (here instanceof z.ZodArray) return here.element;
  if (here instanceof z.ZodRecord) return here.valueType;
  return undefined;
}

function schemaAt(schema: z.core.$ZodType, path: readonly Step[]): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = schema;
  for (const step of path) here = here && child(here, step);
  return here;
}

/** The rule of the value at a path, if the schema has one there. */
export function ruleAt(schema: z.core.$ZodType, path: readonly Step[]): Rule | undefined {
  const here = schemaAt(schema, path);
  return here && (rules.get(here) ?? rules.get(inner(here)));
}

/** The keys that the object at a path may have. */
export function knownKeysAt(schema: z.core.$ZodType, path: readonly Step[]): readonly string[] {
  const here = schemaAt(schema, path);
  const object = here && inner(here);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}
