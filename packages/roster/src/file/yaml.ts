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
import type { Node, ParsedNode, YAMLMap } from "yaml";
import { nearest } from "./nearest.ts";
import { COLUMNS, quoted, RowCollector } from "./rows.ts";
import type { Rows } from "./rows.ts";

export async function readYaml(bytes: AsyncIterable<Uint8Array>): Promise<Rows> {
  const out = new RowCollector();
  const text = decoded(await whole(bytes), out);
  if (text === undefined) return out.collected();
  const counter = new LineCounter();
  const lineAt = (node: Node | null | undefined, otherwise = 0): number =>
    node?.range ? counter.linePos(node.range[0]).line : otherwise;
  const document = parseDocument(text, { lineCounter: counter });
  for (const { pos, message } of document.errors) {
    out.mistake(counter.linePos(pos[0]).line, (message.split(" at line ")[0] ?? message).toLowerCase());
  }
  if (document.errors.length > 0 || document.contents === null) return out.collected();
  if (!isSeq(document.contents)) {
    out.mistake(
      lineAt(document.contents),
      "this is no list: each person begins with `- user:` or `- email:`",
    );
    return out.collected();
  }
  for (const item of document.contents.items) {
    const resolved = isMap(item) ? item : undefined;
    if (resolved === undefined) {
      out.mistake(lineAt(item), "this is no person: each is an object with user or email, and roles");
    } else {
      person(resolved, lineAt, out);
    }
  }
  return out.collected();
}

type LineAt = (node: Node | null | undefined, otherwise?: number) => number;

function person(item: YAMLMap<ParsedNode, ParsedNode | null>, lineAt: LineAt, out: RowCollector): void {
  const line = lineAt(item);
  for (const { key } of item.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (COLUMNS.some((column) => column === name)) continue;
    const meant = nearest(name, COLUMNS);
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    out.mistake(lineAt(key, line), `unknown key ${quoted(name)}: there are ${COLUMNS.join(", ")}${hint}`);
  }
  const text = (key: string): string => {
    const node: unknown = item.get(key, true);
    if (node === undefined) return "";
    if (isScalar(node) && typeof node.value === "string") return node.value.trim();
    if (isScalar(node) && node.value === null) return "";
    out.mistake(isNode(node) ? lineAt(node, line) : line, `${key} is no text`);
    return "";
  };
  out.add(line, { user: text("user"), email: text("email"), roles: rolesIn(item, lineAt, out) });
}

function rolesIn(item: YAMLMap<ParsedNode, ParsedNode | null>, lineAt: LineAt, out: RowCollector): string[] {
  const node: unknown = item.get("roles", true);
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isSeq(node)) {
    out.mistake(lineAt(isScalar(node) ? node : item), "roles is no list: write [ai-reader, ai-editor]");
    return [];
  }
  return node.items.flatMap((role) => {
    if (isScalar(role) && typeof role.value === "string" && role.value.trim() !== "")
      return role.value.trim();
    out.mistake(lineAt(isScalar(role) ? role : item), "a role is no text");
    return [];
  });
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The text without its byte-order mark; `undefined` when it is not UTF-8. */
function decoded(bytes: Uint8Array, out: RowCollector): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const lines = new TextDecoder().decode(bytes).split("\n");
    const line = lines.findIndex((text) => text.includes("\uFFFD")) + 1;
    out.mistake(line, "this is not UTF-8: save the file as UTF-8");
    return undefined;
  }
}
