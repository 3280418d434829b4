/**
 * People in YAML: a list of objects with `user` or `email`, and `roles`.
 *
 * ```yaml
 * - user: auth0|64f0000000000000000000a1
 *   roles: [ai-editor]
 * - email: grace@example.com
 * ```
 */
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { ParsedNode, YAMLMap } from "yaml";
import { COLUMNS, didYouMean, quoted, RowCollector } from "./rows.ts";
import type { Rows } from "./rows.ts";

type LineOf = (node: unknown, otherwise?: number) => number;

export function readYaml(text: string): Rows {
  const out = new RowCollector();
  const counter = new LineCounter();
  const lineOf: LineOf = (node, otherwise = 0) =>
    isNode(node) && node.range ? counter.linePos(node.range[0]).line : otherwise;
  const { errors, contents } = parseDocument(text, { lineCounter: counter });
  for (const { pos, message } of errors) {
    out.mistake(counter.linePos(pos[0]).line, (message.split(" at line ")[0] ?? message).toLowerCase());
  }
  if (errors.length > 0 || contents === null) return out.collected();
  if (!isSeq(contents)) {
    out.mistake(lineOf(contents), "this is no list: each person begins with `- user:` or `- email:`");
    return out.collected();
  }
  for (const item of contents.items) {
    if (isMap(item)) addPerson(item, lineOf, out);
    else out.mistake(lineOf(item), "this is no person: each is an object with user or email, and roles");
  }
  return out.collected();
}

function addPerson(item: YAMLMap<ParsedNode, ParsedNode | null>, lineOf: LineOf, out: RowCollector): void {
  const line = lineOf(item);
  for (const { key } of item.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (COLUMNS.some((column) => column === name)) continue;
    const there = `there are ${COLUMNS.join(", ")}${didYouMean(name, COLUMNS)}`;
    out.mistake(lineOf(key, line), `unknown key ${quoted(name)}: ${there}`);
  }
  const textAt = (key: string): string => {
    const node: unknown = item.get(key, true);
    if (isEmpty(node)) return "";
    if (isScalar(node) && typeof node.value === "string") return node.value.trim();
    if (isScalar(node) && typeof node.value === "boolean" && key === "invite") return String(node.value);
    out.mistake(lineOf(node, line), `${key} is no text`);
    return "";
  };
  const rolesAt = (key: string): string[] => {
    const node: unknown = item.get(key, true);
    if (isEmpty(node)) return [];
    if (!isSeq(node)) {
      out.mistake(lineOf(node, line), "roles is no list: write [ai-reader, ai-editor]");
      return [];
    }
    return node.items.flatMap((role) => {
      if (isScalar(role) && typeof role.value === "string" && role.value.trim() !== "")
        return role.value.trim();
      out.mistake(lineOf(role, line), "a role is no text");
      return [];
    });
  };
  out.add(line, {
    user: textAt("user"),
    email: textAt("email"),
    roles: rolesAt("roles"),
    invite: textAt("invite"),
  });
}

/** A key that is left out, or has nothing after it. */
function isEmpty(node: unknown): boolean {
  return node === undefined || (isScalar(node) && node.value === null);
}
