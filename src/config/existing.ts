/** What is either declared here, or exists and is only named. */
import { z } from "zod";
import { fieldsOf, type Finding, wordsOfField } from "./field.ts";

/** Fields without which something that the stack declares means nothing. */
export function missingFields(schema: z.ZodType, given: object, needed: readonly string[]): Finding[] {
  return needed
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => {
      const { wants, example } = wordsOfField(schema, name);
      return { path: [name], wants, example };
    });
}

/** What exists is never changed, so what would change it is a misunderstanding. */
export function notBesideExisting(schema: z.ZodType, given: object, why: string, example: string): Finding[] {
  const values = new Map(Object.entries(given));
  return fieldsOf(schema).flatMap(([name, of]) => {
    const value: unknown = values.get(name);
    const leftOut = z.core.safeParse(of, undefined).data;
    if (value === undefined || JSON.stringify(value) === JSON.stringify(leftOut)) return [];
    const wants = `nothing here together with existing: ${why}`;
    return { path: [name], wants, example, next: "remove this line" };
  });
}
