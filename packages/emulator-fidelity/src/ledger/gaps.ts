import type { NotedTenant } from "./tenants.ts";

/**
 * What keeps the ledger from being whole, each as a sentence that says what to do: a route without a name, a name
 * that two routes share, a route without a note, a note without a route, a note in two areas.
 */
export function gapsOf({ routes, notes }: NotedTenant): string[] {
  const where = `the notes on ${notes.vendor}`;
  const names = routes.map(({ operation }) => operation);
  const noted = Object.values(notes.areas).flatMap(({ operations }) => Object.keys(operations));
  return [
    ...routes
      .filter(({ operation }) => operation.trim() === "")
      .map(({ method, path }) => `${method} ${path} has no operation name: give it the vendor's.`),
    ...twice(names).map((name) => `Two ${notes.vendor} routes are called ${name}: give each its own name.`),
    ...twice(noted).map((name) => `${name} stands twice in ${where}: leave one.`),
    ...names
      .filter((name) => !noted.includes(name))
      .map((name) => `${name} is not in ${where}: add what it rests on and where it differs.`),
    ...noted
      .filter((name) => !names.includes(name))
      .map((name) => `${name} stands in ${where}, but no route is called so: take it out.`),
  ];
}

function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
