import type { PlainProperties } from "@ai-api-access/provider-kit";
import { textAt } from "../../http/json.ts";
import type { JsonObject } from "../../http/json.ts";

/** A text argument, or undefined. */
export function textArgument(args: PlainProperties, name: string): string | undefined {
  const value = args[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Exactly one of two arguments must be given. */
export function oneOf(args: PlainProperties, first: string, second: string): void {
  const given = [first, second].filter((name) => textArgument(args, name) !== undefined);
  if (given.length !== 1) throw new Error(`give either ${first} or ${second}`);
}

/**
 * The one whose name is `name`; looked for here because the list cannot be asked for it. Programs tell an unknown
 * name from a failure by the official plugin's words, so they are the same here.
 */
export function named(items: readonly JsonObject[], name: string, what: string): JsonObject {
  const found = items.find((item) => textAt(item, "name") === name);
  if (found === undefined) throw new Error(`No ${what} found with "name" = "${name}"`);
  return found;
}
