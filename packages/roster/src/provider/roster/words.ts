/** What a change of people looks like to the person who reads a preview. */
import { common, minus, rolesOf } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import { counted } from "../people.ts";

/** Somebody whose place changes, in words. */
export interface Line {
  readonly kind: "join" | "leave" | "change" | "stay";
  readonly user: string;
  /** `as ai-reader`, `had ai-editor`, `+ai-editor -ai-reader`. */
  readonly words: string;
}

export interface Change {
  readonly before: Items;
  readonly after: Items;
  /** Of what was before, that which is not ours and stays whatever is declared. */
  readonly staying: Items;
  /** A role by the name to show. */
  readonly role: (id: string) => string;
}

/** Everybody whose place changes. */
export function linesOf({ before, after, staying, role }: Change): Line[] {
  const names = (roles: Iterable<string>): string[] => [...roles].map(role).sort();
  const lines: Line[] = [];
  const come = minus(after, before);
  for (const [user, { member, roles }] of come) {
    if (member)
      lines.push({
        kind: "join",
        user,
        words: roles.size > 0 ? `as ${names(roles).join(", ")}` : "without roles",
      });
  }
  const gone = minus(before, after);
  for (const [user, { member }] of gone) {
    if (!member) continue;
    const stays = staying.get(user)?.member === true;
    const had = names(rolesOf(before, user)).join(", ");
    lines.push({
      kind: stays ? "stay" : "leave",
      user,
      words: stays ? "was there before" : had === "" ? "had no roles" : `had ${had}`,
    });
  }
  const taken = minus(gone, staying);
  for (const user of common(after, before).keys()) {
    if (before.get(user)?.member !== true || after.get(user)?.member !== true) continue;
    const more = names(rolesOf(come, user)).map((name) => `+${name}`);
    const less = names(rolesOf(taken, user)).map((name) => `-${name}`);
    if (more.length + less.length > 0)
      lines.push({ kind: "change", user, words: [...more, ...less].join(" ") });
  }
  return lines;
}

const VERBS: Readonly<Record<Line["kind"], readonly [one: string, many: string]>> = {
  join: ["joins", "join"],
  leave: ["leaves", "leave"],
  change: ["changes roles", "change roles"],
  stay: ["stays though not declared", "stay though not declared"],
};
const KINDS: readonly Line["kind"][] = ["join", "leave", "change", "stay"];

/** `12 join, 3 leave, 1 changes roles`; nothing for nothing. */
export function summaryOf(lines: readonly Line[]): string {
  return KINDS.flatMap((kind) => {
    const count = lines.filter((line) => line.kind === kind).length;
    return count === 0 ? [] : `${counted(count)} ${VERBS[kind][count === 1 ? 0 : 1]}`;
  }).join(", ");
}

/** How many people of each kind are named. */
const SHOWN = 5;

/**
 * The first few of each kind: `{ "joins: ada@example.com": "as ai-reader", …, "joins: and 7 more": "" }`.
 *
 * @param name what to call a person
 */
export function firstOf(lines: readonly Line[], name: (user: string) => string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const kind of KINDS) {
    const [verb] = VERBS[kind];
    const those = lines.filter((line) => line.kind === kind);
    for (const { user, words } of those.slice(0, SHOWN)) out[`${verb}: ${name(user)}`] = words;
    if (those.length > SHOWN) out[`${verb}: and ${counted(those.length - SHOWN)} more`] = "…";
  }
  return out;
}
