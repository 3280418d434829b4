import { z } from "zod";

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = Record<string, Json>;

/** Checks that a value is JSON, and types it so. */
export const jsonSchema: z.ZodType<Json> = z.json();

/** Checks that a value is a JSON object, and types it so. */
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

/** `JSON.parse` without its `any`. Throws `SyntaxError` as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}

/** Whether a value is an object that is neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else an empty one. */
export function recordOr(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** An object without some of its properties. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const rest: T = { ...object };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}

/** Whether arrays and objects lie in one another deeper than `most` levels. */
export function isDeeperThan(most: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((each): unknown[] => {
      return typeof each === "object" && each !== null ? Object.values(each) : [];
    });
  }
  return false;
}
