import { parseUrn, shortName } from "@ai-api-access/resource-catalog";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

/** Something that the next `up` would do. */
export interface Change {
  readonly urn: string;
  readonly type: string;
  /** `create`, `update`, `replace`, `delete`, … */
  readonly op: string;
  /** Names of the properties that differ, without what is inside them. */
  readonly properties: readonly string[];
  /** What the program wants, defaults filled in. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

const eventSchema = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
  new: z.object({ inputs: z.record(z.string(), z.unknown()).default({}) }).nullish(),
});

/** Steps that leave everything as it is; `read` is of what belongs to somebody else. */
const QUIET = new Set(["same", "read", "refresh"]);

/**
 * What the next `up` would do, apart from what the engine keeps in the state alone; nothing when all is as it should be.
 *
 * @param options.refresh looks at the tenants first, as `up --refresh` does
 */
export async function changesAhead(
  stack: Stack,
  options: { readonly refresh?: boolean } = {},
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  await stack.preview({
    ...options,
    onEvent({ resourcePreEvent }) {
      if (resourcePreEvent === undefined) return;
      const { op, urn, type, diffs, detailedDiff, new: next } = eventSchema.parse(resourcePreEvent.metadata);
      if (QUIET.has(op) || type.startsWith("pulumi:")) return;
      const paths = Object.keys(detailedDiff ?? {});
      const names = (paths.length > 0 ? paths : (diffs ?? [])).map((path) => path.split(/[.[]/)[0] ?? path);
      changes.push({ urn, type, op, properties: [...new Set(names)], inputs: next?.inputs ?? {} });
    },
  });
  return changes;
}

/** A line for each. */
export function describeChanges(changes: readonly Change[]): string[] {
  return changes.map(({ op, urn, properties }) => {
    return `  ${op} ${shortName(parseUrn(urn))}${properties.length > 0 ? `: ${properties.join(", ")}` : ""}`;
  });
}
