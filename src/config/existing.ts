/** What is either declared here, or exists and is only named. */
import { z } from "zod";
import { fieldsOf, type Finding, wordsOfField } from "../components/checks/field.ts";

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
  const wants = `nothing here together with existing: ${why}`;
  return namesGiven(schema, given).map((name) => ({
    path: [name],
    wants,
    example,
    next: "remove this line",
  }));
}

/** The fields that are given, and are not what leaving them out means. */
export function namesGiven(schema: z.ZodType, given: object): string[] {
  const values = new Map<string, unknown>(Object.entries(given));
  return fieldsOf(schema).flatMap(([name, of]) => {
    const value = values.get(name);
    const leftOut = z.core.safeParse(of, undefined).data;
    return value === undefined || JSON.stringify(value) === JSON.stringify(leftOut) ? [] : [name];
  });
}
