/** What a program gives the resources, checked and found. */
import { resolve } from "node:path";
import { containsUnknown, isUnknown, UNKNOWN } from "@ai-api-access/provider-kit";
import type { CheckFailure, PlainProperties, Unknown } from "@ai-api-access/provider-kit";
import type { Items } from "../core/items.ts";
import { Mistakes } from "../declaration/mistakes.ts";
import type { Declaration, Memory, Source } from "../declaration/declaration.ts";
import type { RoleIds } from "./people.ts";
import { roleIdsOf } from "./people.ts";
import type { Session } from "./session.ts";
import { listsAt, textAt } from "./values.ts";

/** The people of a resource's arguments. */
export interface Found {
  readonly declaration: Declaration;
  /** With roles by name where the program declares them. */
  readonly people: Items;
  /** The declared roles that somebody has. */
  readonly roles: RoleIds;
}

export type Checked =
  | { readonly kind: "found"; readonly found: Found }
  /** A preview does not know yet whom the program declares. */
  | { readonly kind: "unknown" }
  | { readonly kind: "wrong"; readonly failures: readonly CheckFailure[] };

/** More are not printed: whoever has so many mistakes has one mistake. */
const MOST_FAILURES = 200;

/** Reads the arguments that both resources share: `organizationId`, `members` or `membersFile`, `roles`. */
export async function checkArguments(
  session: Session,
  inputs: PlainProperties,
  memory?: Memory,
): Promise<Checked> {
  const source = sourceOf(inputs);
  if (isUnknown(source)) return { kind: "unknown" };
  if (typeof source === "string") return wrong([source]);
  const roles = roleIdsOf(inputs);
  try {
    const declaration = await session.declaration(source, [...roles.keys()], memory);
    const { people } = declaration;
    const used = new Set([...people.values()].flatMap((standing) => [...standing.roles]));
    return {
      kind: "found",
      found: { declaration, people, roles: new Map([...roles].filter(([name]) => used.has(name))) },
    };
  } catch (error) {
    if (error instanceof Mistakes) return wrong(error.all);
    throw error;
  }
}

function wrong(all: readonly string[]): Checked {
  const more = all.length - MOST_FAILURES;
  const told = more > 0 ? [...all.slice(0, MOST_FAILURES), `and ${String(more)} more mistakes`] : all;
  // A property that is named has its value printed with each of them.
  return { kind: "wrong", failures: told.map((reason) => ({ property: "", reason })) };
}

/** Where the people stand, or what is wrong with the arguments. */
function sourceOf(inputs: PlainProperties): Source | Unknown | string {
  const { members, membersFile } = inputs;
  if ((members === undefined) === (membersFile === undefined)) {
    return "give either members (a map from person to roles) or membersFile (a path), and not both";
  }
  if (containsUnknown(members) || containsUnknown(membersFile)) return UNKNOWN;
  if (members !== undefined) {
    const people = listsAt(inputs, "members");
    return people === undefined ? "members is no map from person to roles" : { kind: "map", people };
  }
  const name = textAt(inputs, "membersFile");
  if (name === undefined || name === "") return "membersFile is no path";
  // The folder is the program's to say, and stays out of the state: it differs from machine to machine.
  return { kind: "file", name, path: resolve(textAt(inputs, "membersFolder") ?? ".", name) };
}

/** The roles as the state keeps them. */
export function rolesInput(roles: RoleIds): Readonly<Record<string, string | Unknown>> {
  return Object.fromEntries([...roles].map(([name, id]) => [name, id ?? UNKNOWN]));
}
