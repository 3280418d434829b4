import { and, like, or } from "@ai-api-access/emulator-core/where.ts";
import type { Where } from "@ai-api-access/emulator-core/where.ts";
import { filterWhere } from "../filter.ts";

type AppWhere = Where<"clientId" | "name" | "label" | "status" | "key">;

/** What `filter` can look at (Okta docs, "List all applications") and this stand-in serves. */
const FIELDS = { status: "status", name: "name", id: "key" } as const;

/**
 * The condition that the query of `GET /api/v1/apps` states: `q` is the beginning of name or label, `filter` an
 * expression. Throws 400 for a filter that it cannot read.
 */
export function appsWhere(query: {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
}): AppWhere {
  return and<"clientId" | "name" | "label" | "status" | "key">(
    ...(query.q === undefined ? [] : [or(like("name", `${query.q}*`), like("label", `${query.q}*`))]),
    ...(query.filter === undefined ? [] : [filterWhere(query.filter, FIELDS)]),
  );
}
