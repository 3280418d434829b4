/** The report on a pull request, as Markdown: for a job's summary, a file, or a terminal. */
import { UNKNOWN } from "@ai-api-access/resource-catalog";
import type { AccessLoss } from "./access.ts";
import { covers, type Difference } from "./differences.ts";
import type { Sides } from "./git.ts";
import type { Loss } from "./losses.ts";
import { block, code, count, table } from "./markdown.ts";
import type { Change, Operation } from "./steps.ts";

const MOST_ROWS = 200;

/** How it ended. */
export type Outcome =
  | { readonly kind: "applied" }
  /** Something would go that must not: nothing was applied. */
  | { readonly kind: "stopped"; readonly losses: readonly Loss[] }
  /** What the program or the engine said. */
  | { readonly kind: "failed"; readonly errors: readonly string[] }
  /** The branch takes the stack's file away. */
  | { readonly kind: "removed" };

export interface Report {
  readonly sides: Sides;
  readonly stacks: readonly StackReport[];
}

/** One stack, with the values of its own file. */
export interface StackReport {
  readonly file: string;
  readonly outcome: Outcome;
  readonly access: readonly AccessLoss[];
  readonly changes: readonly Change[];
  readonly outputs: readonly Difference[];
  /** What the reader has to know to judge the rest. */
  readonly notes: readonly string[];
}

/**
 * What takes away comes first: stacks, and the parts of each, in the order of the risk.
 *
 * @returns Markdown, ending with a line break
 */
export function render({ sides, stacks }: Report): string {
  const { base, head, dirty } = sides;
  const headName = `${code(head.name)} (${head.sha.slice(0, 7)}${dirty ? " and what is not committed yet" : ""})`;
  return `${[
    "## What this changes",
    `From ${code(base.name)} (${base.sha.slice(0, 7)}) to ${headName}: ` +
      "the first is deployed on the local twin, the second previewed and applied over it. " +
      "The tenants are local stand-ins; no credential is used.",
    ...stacks.toSorted((one, other) => risk(one) - risk(other)).flatMap(stackParts),
  ].join("\n\n")}\n`;
}

/** The lower, the sooner somebody should look. */
function risk({ outcome, access }: StackReport): number {
  if (outcome.kind === "stopped") return 0;
  if (access.length > 0) return 1;
  return { failed: 2, removed: 3, applied: 4 }[outcome.kind];
}

function stackParts(report: StackReport): string[] {
  return [
    `### ${code(report.file)}`,
    ...outcomeParts(report),
    ...accessParts(report),
    ...plainList("Deleted", of(report, "delete")),
    ...replaced(of(report, "replace")),
    ...updated(of(report, "update")),
    ...plainList("Created", of(report, "create")),
    ...outputs(report.outputs),
    ...report.notes.map((note) => `> ${note}`),
  ];
}

function accessParts({ access }: StackReport): string[] {
  if (access.length === 0) return [];
  const rows = access.slice(0, MOST_ROWS).map(({ who, loses }) => [code(who), code(loses)]);
  return ["#### Access that is taken away", table(["who", "loses"], rows), ...moreThan(access, rows)];
}

function of({ changes }: StackReport, operation: Operation): Change[] {
  return changes.filter((change) => change.operation === operation);
}

function outcomeParts(report: StackReport): string[] {
  const { outcome } = report;
  if (outcome.kind === "failed") {
    return [
      "**It does not apply.** Nothing below was brought to its end.",
      block(outcome.errors.join("\n\n")),
    ];
  }
  if (outcome.kind === "removed") {
    return [
      "**The branch takes this file away.** What the stack has in its tenants stays until `pulumi destroy`.",
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
  return ["#### Updated", table(["resource", "property", "before", "after"], rows)];
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
  return ["#### Replaced", table(["resource", "property", "before", "after"], rows)];
}

function plainList(heading: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes
    .slice(0, MOST_ROWS)
    .map((change) => [title(change), change.label === undefined ? "" : code(change.label)]);
  return [`#### ${heading}`, table(["resource", "called"], rows), ...moreThan(changes, rows)];
}

function moreThan(all: readonly unknown[], shown: readonly unknown[]): string[] {
  const more = all.length - shown.length;
  return more > 0 ? [`… and ${String(more)} more.`] : [];
}

function outputs(changed: readonly Difference[]): string[] {
  if (changed.length === 0) return [];
  return ["#### Outputs that change", table(["output", "before", "after"], changed.map(cells))];
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
