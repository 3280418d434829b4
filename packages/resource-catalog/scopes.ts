/** Which scopes a stack needs, and the documentation's table of them. */
import { resourceTypes } from "./catalog.ts";
import { providerFunctions, type ProviderFunction } from "./functions.ts";
import { kindOf, type ResourceType } from "./resource-type.ts";

/** Something that a stack declares. */
export interface Declared {
  readonly type: ResourceType;
  /** Whether the stack leaves it in the tenant when it is deleted. */
  readonly retainOnDelete: boolean;
}

/**
 * Every scope that is needed, with what it is needed for: kinds of resources and functions, each once, in order.
 * Reading, changing and removing are part of the life of a stack, so they are always there.
 */
export function neededScopes(
  declared: readonly Declared[],
  functions: readonly ProviderFunction[] = [],
): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, Set<string>>();
  const note = (scopes: readonly string[], token: string): void => {
    for (const scope of scopes) reasons.set(scope, (reasons.get(scope) ?? new Set()).add(kindOf(token)));
  };
  for (const { type, retainOnDelete } of declared) note(scopesOf(type, retainOnDelete), type.token);
  for (const { scopes, token } of functions) note(scopes, token);
  return new Map([...reasons].map(([scope, whys]) => [scope, [...whys].sort()]));
}

function scopesOf({ scopes }: ResourceType, retainOnDelete: boolean): string[] {
  const { create = [], read = [], update = [], delete: remove = [] } = scopes;
  return [...create, ...read, ...update, ...(retainOnDelete ? [] : remove)];
}

/**
 * The documentation's table of the Management API's scopes: a row for each part of the configuration and each thing
 * that it gives rights to. Markdown, with cells as wide as prettier makes them.
 */
export function scopesTable(types: Iterable<ResourceType> = resourceTypes.values()): string {
  const rows = new Map<string, { readonly neededFor: string; readonly scopes: Set<string> }>();
  const note = (neededFor: string, scopes: readonly string[]): void => {
    for (const scope of scopes) {
      const key = `${neededFor} ${scope.split(":").at(-1) ?? scope}`;
      const row = rows.get(key) ?? { neededFor, scopes: new Set() };
      row.scopes.add(scope);
      rows.set(key, row);
    }
  };
  for (const type of types) {
    if (type.vendor !== "auth0") continue;
    note(type.neededFor, scopesOf(type, type.deletionNeededFor !== undefined));
    if (type.deletionNeededFor !== undefined) note(type.deletionNeededFor, type.scopes.delete ?? []);
  }
  for (const { vendor, neededFor, scopes } of providerFunctions.values()) {
    if (vendor === "auth0") note(neededFor, scopes);
  }
  return table([
    ["For", "Scopes"],
    ...[...rows.values()].map(({ neededFor, scopes }) => [
      neededFor,
      [...scopes].map((scope) => `\`${scope}\``).join(" "),
    ]),
  ]);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [header = [], ...body] = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)),
  );
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
