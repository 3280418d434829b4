import type { z } from "zod";
import type { Mistake } from "./mistakes.ts";
import { nearest } from "./nearest.ts";
import { configSchema, knownKeysAt, ruleAt } from "./schema/index.ts";
import { type Path, keyOf, show, valueAt } from "./values.ts";

function unknownKey(path: Path, known: readonly string[]): Mistake {
  const meant = nearest(String(path.at(-1)), known);
  const shown = meant ?? known[0] ?? "";
  const example = ruleAt(configSchema, [...path.slice(0, -1), shown])?.example ?? "…";
  return {
    key: keyOf(path),
    got: "a key that is not known",
    wants: `one of ${known.join(", ")}`,
    example: `${shown}: ${example}`,
    ...(meant === undefined ? {} : { next: `did you mean ${meant}?` }),
  };
}

function wrongValue(path: Path, value: unknown): Mistake {
  const rule = ruleAt(configSchema, path);
  return {
    key: keyOf(path),
    got: show(value, path),
    wants: rule?.wants ?? "another kind of value",
    example: rule?.example ?? "…",
  };
}

/** What an issue of the schema library means here: one mistake, or one for each unknown key. */
export function mistakesOfIssue(
  issue: z.core.$ZodIssue,
  values: unknown,
): { path: Path; mistake: Mistake }[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeysAt(configSchema, issue.path);
    return issue.keys.map((name) => {
      const path = [...issue.path, name];
      return { path, mistake: unknownKey(path, known) };
    });
  }
  return [{ path: issue.path, mistake: wrongValue(issue.path, valueAt(values, issue.path)) }];
}
