import type { Inputs } from "./resource-type.ts";

/** What a preview shows in place of a value that only the update will know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The text of an input; `undefined` where there is none, or it is not known yet. */
export function textOf(inputs: Inputs, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** A template with its values put in; `undefined` unless all of them are known. */
export function expand(
  template: string,
  inputs: Inputs,
  encode: (text: string) => string = String,
): string | undefined {
  const values = new Map(namesIn(template).map((name) => [name, textOf(inputs, name)]));
  if ([...values.values()].includes(undefined)) return undefined;
  return template.replaceAll(NAME, (_, name: string) => encode(values.get(name) ?? ""));
}

/** The same for a path, whose values are encoded. */
export function expandPath(template: string, inputs: Inputs): string | undefined {
  return expand(template, inputs, encodeURIComponent);
}

/** The values in a text that a template made, such as both ids in `org_1::con_2`. */
export function valuesIn(template: string, text: string): Inputs {
  const parts = text.split("::");
  return Object.fromEntries(namesIn(template).map((name, at) => [name, parts[at]]));
}

const NAME = /\{(\w+)\}/g;

function namesIn(template: string): string[] {
  return [...template.matchAll(NAME)].map(([, name = ""]) => name);
}
