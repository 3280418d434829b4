/** The report on a pull request, as Markdown: for a job's summary, a file, or a terminal. */
import { UNKNOWN } from "@ai-api-access/resource-catalog";
import { covers, type Difference } from "./differences.ts";
import type { Sides } from "./git.ts";
import type { Loss } from "./losses.ts";
import { block, code, count, table } from "./markdown.ts";
import type { Change, Operation } from "./steps.ts";

/** How it ended. */
export type Outcome =
  | { readonly kind: "applied" }
  /** Something would go that must not: nothing was applied. */
  | { readonly kind: "stopped"; readonly losses: readonly Loss[] }
  /** What the program or the engine said. */
  | { readonly kind: "failed"; readonly errors: readonly string[] };

export interface Report {
  readonly sides: Sides;
  /** The file whose values both sides were deployed with. */
  readonly stackFile: string;
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  readonly outputs: readonly Difference[];
  /** What the reader has to know to judge the rest. */
  readonly notes: readonly string[];
}

/** @returns Markdown, ending with a line break */
export function render(report: Report): string {
  const { sides, stackFile, notes } = report;
  const { base, head, dirty } = sides;
  const headName = `${code(head.name)} (${head.sha.slice(0, 7)}${dirty ? " and what is not committed yet" : ""})`;
  return `${[
    "## What this changes",
    `From ${code(base.name)} (${base.sha.slice(0, 7)}) to ${headName}, with the values of ${code(stackFile)}: ` +
      "the first is deployed on the local twin, the second previewed and applied over it. " +
      "The tenants are local stand-ins; no credential is used.",
    ...outcomeParts(report),
    ...updated(of(report, "update")),
    ...replaced(of(report, "replace")),
    ...plainList("Created", of(report, "create")),
    ...plainList("Deleted", of(report, "delete")),
    ...outputs(report.outputs),
    ...notes.map((note) => `> ${note}`),
  ].join("\n\n")}\n`;
}

function of({ changes }: Report, operation: Operation): Change[] {
  return changes.filter((change) => change.operation === operation);
}

function outcomeParts(report: Report): string[] {
  const { outcome } = report;
  if (outcome.kind === "failed") {
    return [
      "**It does not apply.** Nothing below was brought to its end.",
      block(outcome.errors.join("\n\n")),
    ];
  }
  const words: readonly (readonly [Operation, string])[] = [
    ["create", "created"],
    ["update", "updated"],
    ["replace", "replaced"],
    ["delete", "deleted"],
    ["same", "unchanged"],
  ];
  const counts = words
    .map(([operation, word]) => `${String(of(report, operation).length)} ${word}`)
    .join(", ");
  if (outcome.kind === "applied") return [`**${counts}.** It applies.`];
  return [
    `**Stopped: ${count(outcome.losses.length, "resource")} would go that must not.** Nothing was applied.`,
    outcome.losses.map(({ name, type, reason }) => `- ${title({ name, type })}: ${reason}.`).join("\n"),
    `**${counts}** in the preview.`,
  ];
}

function updated(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes.flatMap((change) =>
    change.differences.length === 0
      ? [[title(change), "", "", ""]]
      : change.differences.map((difference, index) => [
          index === 0 ? title(change) : "",
          ...cells(difference),
        ]),
  );
  return ["### Updated", table(["resource", "property", "before", "after"], rows)];
}

function replaced(changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes.flatMap((change) => {
    const forces = ({ path }: Difference): boolean =>
      change.forcedBy.some((forced) => covers(forced, path) || covers(path, forced));
    const unseen = change.forcedBy
      .filter(
        (forced) => !change.differences.some(({ path }) => covers(forced, path) || covers(path, forced)),
      )
      .map((path): string[] => [`${code(path)} forces it`, "", ""]);
    const seen = change.differences.map((difference): string[] => {
      const [property = "", ...values] = cells(difference);
      return [forces(difference) ? `${property} forces it` : property, ...values];
    });
    const reasons = [...seen, ...unseen];
    const because = change.forcedBy.length === 0 ? [["what it belongs to is replaced", "", ""]] : [];
    return [...because, ...reasons].map((row, index) => [index === 0 ? title(change) : "", ...row]);
  });
  return ["### Replaced", table(["resource", "property", "before", "after"], rows)];
}

const MOST_ROWS = 200;

function plainList(heading: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes
    .slice(0, MOST_ROWS)
    .map((change) => [title(change), change.label === undefined ? "" : code(change.label)]);
  const more = changes.length - rows.length;
  return [
    `### ${heading}`,
    table(["resource", "called"], rows),
    ...(more > 0 ? [`… and ${String(more)} more.`] : []),
  ];
}

function outputs(changed: readonly Difference[]): string[] {
  if (changed.length === 0) return [];
  return ["### Outputs that change", table(["output", "before", "after"], changed.map(cells))];
}

function cells({ path, before, after }: Difference): string[] {
  return [code(path), value(before), value(after)];
}

function value(given: unknown): string {
  if (given === undefined) return "";
  if (given === UNKNOWN) return "known after the update";
  return code(typeof given === "string" ? given : JSON.stringify(given));
}

/** `organization` (auth0 Organization); of `okta:auth/serverScope:ServerScope`, okta auth.ServerScope. */
function title({ name, type }: Pick<Change, "name" | "type">): string {
  const [vendor = "", module = "", kind = ""] = type.split(":");
  const [folder = ""] = module.split("/");
  const words = folder === "index" || vendor === "pulumi" ? kind : `${folder}.${kind}`;
  return `${code(name)} (${vendor} ${words})`;
}
