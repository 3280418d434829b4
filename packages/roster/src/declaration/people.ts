/** People as a program gives them: a map from user id or email to roles. */
import { RowCollector } from "../file/rows.ts";
import type { Rows } from "../file/rows.ts";

export function readPeople(people: Readonly<Record<string, readonly string[]>>): Rows {
  const out = new RowCollector();
  for (const [person, roles] of Object.entries(people)) {
    const isUser = person.includes("|");
    out.add(0, { user: isUser ? person : "", email: isUser ? "" : person, roles });
  }
  return out.collected();
}
