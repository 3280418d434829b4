import { and, eq, like, or } from "../../kit/where.ts";
import type { Where } from "../../kit/where.ts";
import { invalidSearch } from "../errors.ts";

type AppWhere = Where<"clientId" | "name" | "label" | "status" | "key">;

/** What `filter` can look at (Okta docs, "List all applications") and this stand-in serves. */
const FIELDS = { id: "key", name: "name", status: "status" } as const;

/**
 * The condition that the query of `GET /api/v1/apps` states: `q` is the beginning of name or label, `filter` an
 * expression `field eq "value"`, several joined by `and`. Throws 400 for a filter that it cannot read.
 */
export function appsWhere(query: {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
}): AppWhere {
  const conditions: AppWhere[] = [];
  if (query.q !== undefined) conditions.push(or(like("name", `${query.q}*`), like("label", `${query.q}*`)));
  for (const expression of query.filter?.split(/ +and +/i) ?? [])
    conditions.push(condition(expression.trim()));
  return and(...conditions);
}

function condition(expression: string): AppWhere {
  const { field, value } = /^(?<field>[\w.]+) +eq +"(?<value>[^"]*)"$/i.exec(expression)?.groups ?? {};
  const column = field === "id" || field === "name" || field === "status" ? FIELDS[field] : undefined;
  if (column === undefined || value === undefined) {
    throw invalidSearch(
      `'${expression}': wanted 'id', 'name' or 'status' eq "value", for example status eq "ACTIVE"`,
    );
  }
  return eq(column, value);
}
