import { z } from "zod";

/** What the messages and the reference in docs/configuration.md say about a value. */
export interface Words {
  /** The rule, as the end of the sentence "it wants …". */
  readonly wants: string;
  /** A value that would be accepted, as it is written in YAML. */
  readonly example: string;
  /** What it is. Every key and every field has one; items of a list need none. */
  readonly description?: string;
  /** What leaving it out means, where that is allowed and there is no default. */
  readonly leftOut?: string;
  /** What a message says it got, where the value itself must not be shown. */
  readonly got?: string;
  /** What to do next, where that is not obvious from the rule. */
  readonly next?: string;
}

const registry = z.registry<Words>();

/** A schema together with its words, which take the place of the schema library's own. */
export function field<S extends z.ZodType>(schema: S, words: Words): S {
  registry.add(schema, words);
  return schema;
}

/** Without what says that a value may be left out. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;
}

export function wordsOf(schema: z.core.$ZodType): Words | undefined {
  return registry.get(unwrap(schema));
}

/** The fields of an object by name, without those that are only there to be refused. */
export function fieldsOf(schema: z.core.$ZodType): readonly (readonly [string, z.core.$ZodType])[] {
  const object = unwrap(schema);
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(object.shape).filter(
    ([, value]) => !(unwrap(value) instanceof z.ZodNever),
  );
}

/** The words of a field of an object. @throws when the object has no such field with words */
export function wordsOfField(schema: z.core.$ZodType, name: string): Words {
  const found = fieldsOf(schema).find(([key]) => key === name);
  const words = found && wordsOf(found[1]);
  if (words === undefined) throw new Error(`no words for ${name}`);
  return words;
}

/** The schema of the value at a path, undefined where there is none. */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const here = unwrap(schema);
  if (here instanceof z.ZodArray) return schemaAt(here.element, rest);
  if (here instanceof z.ZodRecord) return schemaAt(here.valueType, rest);
  if (!(here instanceof z.ZodObject) || !Object.hasOwn(here.shape, step)) return undefined;
  const property: unknown = Reflect.get(here.shape, step);
  return property instanceof z.ZodType ? schemaAt(property, rest) : undefined;
}

/** A rule that a value breaks, at a path from where the rule stands. */
const findingSchema = z.object({
  path: z.array(z.union([z.string(), z.number(), z.symbol()])),
  /** Said in place of the value. */
  got: z.string().optional(),
  wants: z.string(),
  example: z.string(),
  next: z.string().optional(),
});
export type Finding = Readonly<z.output<typeof findingSchema>>;

/** A value as a rule meets it: whatever is missing or has the wrong type is undefined, at any depth. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- a text or a number maps to itself
export type Readable<T> = { readonly [K in keyof T]?: Readable<T[K]> };

/** Stands for a value that a preview does not know yet. No schema takes it, and a rule that reads it says nothing. */
export const UNKNOWN: unknown = Object.freeze({});

class UnknownRead extends Error {}

const NOT_READ: PropertyDescriptor = {
  enumerable: true,
  get() {
    throw new UnknownRead();
  },
};

function found<T>(rule: (value: T) => Findings, value: T): readonly Finding[] {
  try {
    return [rule(value) ?? []].flat();
  } catch (error) {
    if (error instanceof UnknownRead) return [];
    throw error;
  }
}

/** What a rule finds. */
export type Findings = Finding | readonly Finding[] | undefined;

/**
 * Adds rules that join several values. They run although some of the values may be wrong, so that one wrong value does
 * not hide the mistakes around it.
 */
export function joined<
  T extends readonly unknown[] | Readonly<Record<string, unknown>>,
  S extends z.ZodType<T>,
>(schema: S & z.ZodType<T>, ...rules: readonly ((value: Readable<T>) => Findings)[]): S {
  return schema.superRefine(
    (value, context) => {
      const wrong = context.issues.filter(({ code }) => code === "invalid_type" || code === "invalid_value");
      if (wrong.some(({ path = [] }) => path.length === 0)) return;
      const readable: Readable<T> = structuredClone(value);
      for (const { path = [] } of wrong) {
        const parent = valueAt(readable, path.slice(0, -1));
        if (typeof parent !== "object" || parent === null) continue;
        if (valueAt(value, path) === UNKNOWN) Object.defineProperty(parent, path.at(-1) ?? "", NOT_READ);
        else Reflect.set(parent, path.at(-1) ?? "", undefined);
      }
      for (const finding of rules.flatMap((rule) => found(rule, readable))) {
        context.addIssue({ code: "custom", path: [...finding.path], params: { finding } });
      }
    },
    { when: () => true },
  );
}

/** The finding behind an issue of a joined rule, with the whole path. */
export function findingOf(issue: z.core.$ZodIssue): Finding | undefined {
  if (issue.code !== "custom") return undefined;
  const finding = findingSchema.safeParse(issue.params?.finding).data;
  return finding && { ...finding, path: issue.path };
}

/** The value at a path, undefined where the path ends early. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, step) => (typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined),
    root,
  );
}

/** The places of a list whose text stands earlier in it already, with the place where it stood first. */
export function repeated(texts: readonly (string | undefined)[]): { index: number; first: number }[] {
  return texts.flatMap((text, index) => {
    const first = texts.indexOf(text);
    return text === undefined || first === index ? [] : [{ index, first }];
  });
}
