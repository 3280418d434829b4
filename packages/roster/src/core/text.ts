/**
 * How people are written into the engine's state: a few characters a person, since a state file keeps several copies
 * of ten thousand of them.
 *
 * The first line lists the roles; then people stand in groups of the same identity provider and the same roles:
 *
 * ```
 * ["ai-editor","ai-reader"]
 * <tab>m0,1<tab>auth0|
 * 64f0000000000000000000a1
 * 64f0000000000000000000a2<tab>grace@example.com
 * ```
 *
 * `m0,1` is a membership with the roles 0 and 1, `-0` the role 0 alone. Neither a user id nor an email holds a tab.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Items, Standing } from "./items.ts";

export type Emails = ReadonlyMap<string, string>;

/** @param emails known emails by user id; those of people who are not among the items are left out */
export function writeItems(items: Items, emails: Emails = new Map()): string {
  const roles = [...new Set([...items.values()].flatMap((standing) => [...standing.roles]))].sort();
  const places = new Map(roles.map((role, place) => [role, place]));
  const groups = new Map<string, string[]>();
  for (const [user, standing] of items) {
    const bar = user.indexOf("|") + 1;
    const held = [...standing.roles].map((role) => places.get(role) ?? -1).sort((a, b) => a - b);
    const group = `\t${standing.member ? "m" : "-"}${held.join(",")}\t${user.slice(0, bar)}`;
    const email = emails.get(user);
    const line = user.slice(bar) + (email === undefined ? "" : `\t${email}`);
    const lines = groups.get(group);
    if (lines === undefined) groups.set(group, [line]);
    else lines.push(line);
  }
  const sections = [...groups].sort(byFirst).map(([group, lines]) => [group, ...lines.sort()].join("\n"));
  return [JSON.stringify(roles), ...sections].join("\n");
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** The items of a text that {@link writeItems} wrote, and the emails in it. */
export function readItems(text: string): { readonly items: Items; readonly emails: Emails } {
  const items = new Map<string, Standing>();
  const emails = new Map<string, string>();
  const [first = "[]", ...lines] = text.split("\n");
  const roles = textsOf(JSON.parse(first));
  let standing: Standing = { member: true, roles: new Set() };
  let provider = "";
  for (const line of lines) {
    const [id = "", second, third] = line.split("\t");
    if (id === "") {
      const held = second?.slice(1) ?? "";
      standing = {
        member: second?.startsWith("m") === true,
        roles: new Set(held === "" ? [] : held.split(",").map((place) => roles[Number(place)] ?? "")),
      };
      provider = third ?? "";
    } else {
      const user = provider + id;
      items.set(user, standing);
      if (second !== undefined) emails.set(user, second);
    }
  }
  return { items, emails };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Text for the state that nobody reads: an id of 24 hex digits takes 17 characters. */
export function packed(text: string): string {
  return deflateRawSync(text, { level: 9 }).toString("base64");
}

export function unpacked(text: string): string {
  return inflateRawSync(Buffer.from(text, "base64")).toString("utf8");
}
