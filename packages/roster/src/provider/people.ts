/** The people of a resource's checked inputs, and the roles by which they stand there. */
import { createHash } from "node:crypto";
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { Declared } from "../core/baseline.ts";
import { withRoles } from "../core/items.ts";
import type { Items } from "../core/items.ts";
import { writeItems } from "../core/text.ts";
import { textsAt } from "./values.ts";

/** Ids of roles by the name under which the program declares them; undefined while it is not known yet. */
export type RoleIds = ReadonlyMap<string, string | undefined>;

export function roleIdsOf(inputs: PlainProperties): RoleIds {
  return textsAt(inputs, "roles");
}

/** The same people with their roles by id. A role that a preview does not know yet keeps its name, marked. */
export function byRoleId(people: Items, roles: RoleIds): Items {
  return withRoles(people, (role) => (roles.has(role) ? (roles.get(role) ?? `?${role}`) : role));
}

/** The same people with their roles by the names that the program has for them. */
export function byRoleName(people: Items, roles: RoleIds): Items {
  const names = new Map([...roles].map(([name, id]) => [id, name]));
  return withRoles(people, (role) => names.get(role) ?? role);
}

export function declaredOf(people: Items, roles: RoleIds): Declared {
  const items = byRoleId(people, roles);
  return { items, digest: digestOf(writeItems(items)) };
}

/** A short name for a text: the first 16 hex digits of its SHA-256. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** `10,000 people (2289fe0a11c3d4e5)` */
export function peopleLine(count: number, digest: string): string {
  return `${counted(count)} ${count === 1 ? "person" : "people"} (${digest})`;
}

export function counted(count: number): string {
  return count.toLocaleString("en-US");
}
