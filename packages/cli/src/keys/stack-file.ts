/** The public keys in a stack's own file, `Pulumi.NAME.yaml`, changed with its comments left where they are. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { UserError } from "@ai-api-access/user-error";
import { isMap, isNode, isSeq, parseDocument, stringify, type Document } from "yaml";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import type { PublicKey } from "./key-pair.ts";

const SERVICE_APP = ["config", "ai-api-access:serviceApp"];
const LIST = [...SERVICE_APP, "jwks"];
const METHOD = "private_key_jwt";
/** Okta would take more; two are what a rotation needs, and what the config check takes. */
const MOST_KEYS = 2;

const appSchema = z.looseObject({
  tokenEndpointAuthMethod: z.string().optional(),
  jwksUri: z.string().optional(),
  jwks: z.array(z.looseObject({ kid: z.string() })).default([]),
});

/** A stack's file with keys in it, read. */
export interface StackFile {
  readonly path: string;
  /** Key ids in the order of the file: an older key stands before a newer one. */
  readonly kids: readonly string[];
  /** @throws UserError when there is no place for another key */
  refuseFull(): void;
  /** Writes the file with another key after the ones that are there. */
  add(key: PublicKey): void;
  /** Writes the file without a key. */
  remove(kid: string): void;
}

/**
 * @param folder of `Pulumi.yaml`
 * @throws UserError when the stack has no file, or does not keep public keys in it
 */
export function openStackFile(folder: string, stack: string): StackFile {
  const name = `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`;
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new UserError(
      `--stack: got ${stack}; wants a stack with a file of its own, and there is no ${name} in ${folder}.`,
    );
  }
  const text = readFileSync(path, "utf8");
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new UserError(`${name} is not YAML: ${mistake.message}`);
  const app = readApp(document, name);
  const kids = app.jwks.map(({ kid }) => kid);

  const write = (splice: Splice | undefined): void => {
    writeWhole(path, printed(document, text, splice), statSync(path).mode & 0o777);
  };
  return {
    path,
    kids,
    refuseFull() {
      if (kids.length >= MOST_KEYS) {
        throw new UserError(
          `${name} has two keys already (${kids.join(", ")}): a rotation is under way.\n` +
            `End it first: npx ai-api-access keys retire --stack ${stack}`,
        );
      }
    },
    add(key) {
      const splice = addition(document, text, key);
      const list = document.getIn(LIST);
      if (isSeq(list)) list.add(document.createNode(key));
      else document.setIn(LIST, document.createNode([key]));
      write(splice);
    },
    remove(kid) {
      const index = kids.indexOf(kid);
      const splice = removal(document, text, index);
      document.deleteIn([...LIST, index]);
      write(splice);
    },
  };
}

function readApp(document: Document, name: string): z.output<typeof appSchema> {
  const node = document.getIn(SERVICE_APP);
  const parsed = appSchema.safeParse(isMap(node) ? node.toJS(document) : undefined);
  if (!parsed.success) {
    throw new UserError(
      `ai-api-access:serviceApp in ${name}: wants an object whose jwks, if any, have a kid each, for example\n` +
        `  tokenEndpointAuthMethod: ${METHOD}`,
    );
  }
  const { tokenEndpointAuthMethod: method = "client_secret_post (the default)", jwksUri } = parsed.data;
  if (method !== METHOD) {
    throw new UserError(
      `ai-api-access:serviceApp.tokenEndpointAuthMethod in ${name}: got ${method}; wants ${METHOD}.\n` +
        "An app with a secret has no keys. docs/keys.md says how to go from one to the other, and what that means.",
    );
  }
  if (jwksUri !== undefined) {
    throw new UserError(
      `ai-api-access:serviceApp.jwksUri in ${name}: the application publishes its keys there itself, ` +
        "and Okta fetches them. Rotate them there; nothing of the stack changes.",
    );
  }
  return parsed.data;
}

/** A part of a text in place of another: `from` to `to`, in characters. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Another item after the others of the list, or the list after the key that says how the app authenticates. */
function addition(document: Document, text: string, key: PublicKey): Splice | undefined {
  const item = stringify(key, { lineWidth: 0 }).trimEnd().split("\n");
  const list = document.getIn(LIST);
  const last = isSeq(list) ? list.items.at(-1) : undefined;
  const neighbor = last ?? document.getIn([...SERVICE_APP, "tokenEndpointAuthMethod"], true);
  const at = isNode(neighbor) && neighbor.range ? linesOf(text, neighbor.range) : undefined;
  if (at === undefined) return undefined;
  const [margin = ""] = /^ */.exec(text.slice(at.from)) ?? [];
  const depth = last === undefined ? `${margin}  ` : margin;
  const lines = item.map((line, index) => `${depth}${index === 0 ? "- " : "  "}${line}`);
  return { from: at.to, to: at.to, lines: last === undefined ? [`${margin}jwks:`, ...lines] : lines };
}

function removal(document: Document, text: string, index: number): Splice | undefined {
  const item = document.getIn([...LIST, index], true);
  if (!isNode(item) || !item.range) return undefined;
  return { ...linesOf(text, item.range), lines: [] };
}

/** The whole lines on which a value stands. */
function linesOf(text: string, [start, end]: readonly [number, number, number]) {
  const lineEnd = text.indexOf("\n", Math.max(start, end - 1));
  return {
    from: text.lastIndexOf("\n", start) + 1,
    to: lineEnd === -1 ? text.length : lineEnd + 1,
  };
}

/**
 * The text with one change of it, as its author laid it out. The library would lay out the whole file in its own way:
 * comments move to other depths, and brackets are all padded or none. So it does only where the change is no matter of
 * whole lines, as in `[{ … }]`.
 *
 * @param document as it is to be
 */
function printed(document: Document, text: string, splice: Splice | undefined): string {
  if (splice !== undefined) {
    const { from, to, lines } = splice;
    const changed = text.slice(0, from) + lines.map((line) => `${line}\n`).join("") + text.slice(to);
    const read = parseDocument(changed);
    if (read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS())) return changed;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: /[[{] \S/.test(text) });
}
