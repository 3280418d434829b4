/** The public keys in a stack's own file, `Pulumi.NAME.yaml`, changed with its comments left where they are. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { isMap, isSeq, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";
import type { PublicKey } from "./key-pair.ts";

const SERVICE_APP = ["config", "ai-api-access:serviceApp"];
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

  const write = (): void => {
    writeWhole(path, printed(document, text), statSync(path).mode & 0o777);
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
      const list = document.getIn([...SERVICE_APP, "jwks"]);
      if (isSeq(list)) list.add(document.createNode(key));
      else document.setIn([...SERVICE_APP, "jwks"], document.createNode([key]));
      write();
    },
    remove(kid) {
      document.deleteIn([...SERVICE_APP, "jwks", kids.indexOf(kid)]);
      write();
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

/** The document as its author would have laid it out: long lines stay long, brackets keep their distance. */
function printed(document: Document, text: string): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: /[[{] \S/.test(text) });
}
