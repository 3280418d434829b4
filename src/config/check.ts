import type { z } from "zod";
import { fieldsOf, type Finding, findingOf, schemaAt, valueAt, wordsOf } from "../components/checks/field.ts";
import type { OrganizationFiles } from "./files.ts";
import type { Mistake } from "./mistakes.ts";
import { nearest } from "../components/checks/nearest.ts";
import { placeholderFindings } from "./placeholders.ts";
import { providerFindings } from "./providers.ts";
import { secretFilter } from "./redaction.ts";
import { configSchema } from "./schema.ts";
import { type ConfigSource, DEFAULT_PROJECT, projectOf } from "./source.ts";
import { show } from "../components/checks/show.ts";
import { isProviderKey, keyOf } from "./show.ts";

/** Every mistake of a configuration, one for each place, in the order of the keys. */
export function mistakesOf(
  source: ConfigSource,
  values: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
  files: OrganizationFiles | undefined,
): Mistake[] {
  // Where two rules are broken in one place, the one that says more about it comes first, and the other is left out.
  const findings = [
    ...providerFindings(source, values),
    ...(files?.findings ?? []),
    ...placeholderFindings(values),
    ...issues.flatMap((issue) => findingOf(issue) ?? []),
    ...issues.flatMap(findingsOfShape),
  ];
  const project = projectOf(source);
  const hideSecrets = secretFilter(source, values);
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const key = keyOf(finding.path, project, files);
    if (!byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey]
    .sort(
      ([keyA, a], [keyB, b]) => section(a) - section(b) || keyA.localeCompare(keyB, "en", { numeric: true }),
    )
    .map(([key, { path, got, wants, example, next }]) =>
      hideSecrets(path, {
        key,
        got: got ?? show(valueAt(values, path), path),
        wants: inNamespace(wants, project),
        example: inNamespace(example, project),
        ...nextOf(next ?? commentHint(valueAt(values, path), example), project),
      }),
    );
}

function nextOf(next: string | undefined, project: string): { readonly next?: string } {
  return next === undefined ? {} : { next: inNamespace(next, project) };
}

/** A value that begins with # is a comment to YAML, which leaves the key empty. */
function commentHint(value: unknown, example: string): string | undefined {
  return value === null && example.includes('"#')
    ? "# begins a comment in YAML: put the value in quotes"
    : undefined;
}

/** Keys of the providers, then the program's own in the order of the schema. */
function section({ path }: Finding): number {
  if (isProviderKey(path)) return -1;
  const names = Object.keys(configSchema.shape);
  const place = names.indexOf(String(path[0]));
  return place < 0 ? names.length : place;
}

/** Rules name other keys in the default namespace. */
function inNamespace(text: string, project: string): string {
  return text.replaceAll(`${DEFAULT_PROJECT}:`, `${project}:`);
}

/** What an issue of the schema library means here, in the words of the schema. */
function findingsOfShape(issue: z.core.$ZodIssue): Finding[] {
  const { path } = issue;
  const schema = schemaAt(configSchema, path);
  if (issue.code === "unrecognized_keys") {
    const fields = new Map(schema && fieldsOf(schema));
    return issue.keys.map((name) => unknownKey([...path, name], fields));
  }
  const { got, wants, example, next } = (schema && wordsOf(schema)) ?? {
    wants: "another kind of value",
    example: "…",
  };
  return [{ path, got, wants, example, next }];
}

/** Keys that were the stack's own before there could be several organizations. */
const MOVED: Readonly<Record<string, string>> = {
  connection: "connections: [{ existing: Username-Password-Authentication }]",
  members: "members: [{ email: ada@example.com, roles: [ai-reader] }]",
  membersFile: "membersFile: members.csv",
  roster: "roster: { mode: additive }",
};

function unknownKey(path: PropertyKey[], fields: ReadonlyMap<string, z.core.$ZodType>): Finding {
  const moved = path.length === 1 ? MOVED[String(path[0])] : undefined;
  if (moved !== undefined) {
    return {
      path,
      got: "a key that has moved",
      wants: "to stand in ai-api-access:organization, which has its connections and its people",
      example: moved,
      next: "move it there: CHANGELOG.md shows both ways of writing it",
    };
  }
  const known = [...fields.keys()];
  const meant = nearest(String(path.at(-1)), known);
  const shown = meant ?? known[0] ?? "";
  const schema = fields.get(shown);
  return {
    path,
    got: "a key that is not known",
    wants: `one of ${known.join(", ")}`,
    example: `${shown}: ${(schema && wordsOf(schema)?.example) ?? "…"}`,
    next: meant && `did you mean ${meant}?`,
  };
}
