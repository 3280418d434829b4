import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { type Finding, findingOf, schemaAt, UNKNOWN, valueAt, wordsOf } from "./field.ts";
import { HIDDEN, show, withSteps } from "./show.ts";

/**
 * Checks what a component is given, by the rules and with the words of the configuration. Values that this run does not
 * know yet are left alone.
 * @throws pulumi.InputPropertiesError with every mistake at once
 */
export function checkInputs(schema: z.ZodType, args: unknown): void {
  const values = plain(args);
  const { error } = schema.safeParse(values);
  const issues = error?.issues ?? [];
  // Where two rules are broken in one place, the one that says more about it comes first, and the other is left out.
  const findings = [
    ...issues.flatMap((issue) => findingOf(issue) ?? []),
    ...issues.flatMap((issue) => shapeOf(schema, issue)),
  ].filter(({ path }) => !path.some((_, depth) => valueAt(values, path.slice(0, depth + 1)) === UNKNOWN));
  const reasons = new Map<string, string>();
  for (const finding of findings) {
    const path = placeOf(finding, values);
    if (!reasons.has(path)) reasons.set(path, sentence(finding, values));
  }
  if (reasons.size === 0) return;
  throw new pulumi.InputPropertiesError({
    message: reasons.size === 1 ? "1 input is wrong" : `${String(reasons.size)} inputs are wrong`,
    errors: [...reasons].map(([propertyPath, reason]) => ({ propertyPath, reason })),
  });
}

function shapeOf(schema: z.ZodType, { path }: z.core.$ZodIssue): Finding[] {
  const at = schemaAt(schema, path);
  const words = at && wordsOf(at);
  return words === undefined ? [] : [{ ...words, path }];
}

/** Inputs that may have private keys in them where people take them for public ones. */
const KEYS: readonly unknown[] = ["jwks", "publicKeys"];

/** The engine prints the value of the property that a path leads to, so the path of a key leads nowhere. */
function placeOf({ path, got }: Finding, values: unknown): string {
  const [first = "", ...rest] = path;
  const steps = rest.map((step) => (typeof step === "number" ? step : String(step)));
  const value = valueAt(values, path);
  const isHidden =
    KEYS.includes(first) || show(value, path) === HIDDEN || (got !== undefined && typeof value === "string");
  return `${withSteps(String(first), steps)}${isHidden ? " (not shown)" : ""}`;
}

/** As the configuration's messages, on one line. What stands in its keys there is an input here. */
function sentence({ path, got, wants, example, next }: Finding, values: unknown): string {
  const parts = [
    `got ${got ?? show(valueAt(values, path), path)}`,
    `wants ${wants}`,
    `example: ${example}`,
    ...(next === undefined ? [] : [`next: ${next}`]),
  ];
  return parts.join("; ").replace(/ai-api-access:(?=\w)/g, "");
}

/** Arguments as plain values, with {@link UNKNOWN} where they are outputs or promises. */
function plain(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return UNKNOWN;
  if (pulumi.Resource.isInstance(value)) return undefined;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, plain(one)]));
}

/** Inputs with the outputs among them that this run knows, and that are no secrets, as plain values, for their check alone. */
export async function withKnown(value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    // A message would show what is secret.
    const isKnown: unknown = await Reflect.get(value, "isKnown");
    const isSecret: unknown = await Reflect.get(value, "isSecret");
    if (isKnown !== true || isSecret === true) return value;
    return new Promise((resolve) => {
      value.apply(resolve);
    });
  }
  if (Array.isArray(value)) return Promise.all(value.map(withKnown));
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return value;
  const entries = Object.entries(value).map(async ([key, one]) => [key, await withKnown(one)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
