import { readFileSync } from "node:fs";
import { codeOf, UserError } from "@ai-api-access/user-error";
import { isNode, LineCounter, parseDocument } from "yaml";
import { isRecord, recordOr } from "../json.ts";

type Path = readonly PropertyKey[];

/** Something in a seed file that cannot be. */
export interface SeedMistake {
  /** From the root of the file. */
  readonly path: Path;
  readonly text: string;
}

/** What a seed file says. */
export interface SeedFile {
  /** As it was named, for messages. */
  readonly name: string;
  /** What it says of one vendor's tenant; empty when nothing. */
  section(vendor: string): Readonly<Record<string, unknown>>;
  /** Whether the file has this value. */
  has(path: Path): boolean;
  /** The line of the last step of the path that is there; 1 is the first. */
  readonly lineOf: (path: Path) => number;
}

const VENDORS = ["auth0", "okta"];

/**
 * Reads a seed file: YAML with the keys `auth0` and `okta`. What stands below them is checked when a tenant is seeded.
 *
 * @throws UserError when there is no such file, it is no YAML, or has other keys
 */
export function readSeedFile(name: string): SeedFile {
  const counter = new LineCounter();
  const document = parseDocument(textOf(name), { lineCounter: counter });
  const lineOf = (path: Path): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return counter.linePos(start).line;
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
  };
  if (document.errors.length > 0) {
    const lines = document.errors.map(
      ({ pos, message }) =>
        `  line ${String(counter.linePos(pos[0]).line)}: ${message.split(" at line ")[0] ?? message}`,
    );
    throw new UserError(`${name} is not YAML:\n${lines.join("\n")}`);
  }
  const content: unknown = document.toJS() ?? {};
  const file: SeedFile = {
    name,
    lineOf,
    has: (path) => document.hasIn(path),
    section: (vendor) => recordOr(recordOr(content)[vendor]),
  };
  const mistakes = isRecord(content)
    ? Object.entries(content).flatMap(([key, value]): SeedMistake[] => {
        if (!VENDORS.includes(key)) {
          return [{ path: [key], text: "unknown; wants auth0 and okta, and all else below them" }];
        }
        return isRecord(value) || value === null
          ? []
          : [{ path: [key], text: "wants an object with lists, for example users: [...]" }];
      })
    : [{ path: [], text: "wants an object with the keys auth0 and okta" }];
  if (mistakes.length > 0) throw seedError(file, mistakes);
  return file;
}

/** All mistakes of a seed file as one error, in the order of its lines. */
export function seedError({ name, lineOf }: SeedFile, mistakes: readonly SeedMistake[]): UserError {
  const lines = mistakes
    .map(({ path, text }) => ({ line: lineOf(path), text: `${pathText(path)}: ${text}` }))
    .sort((one, other) => one.line - other.line)
    .map(({ line, text }) => `  line ${String(line)}: ${text}`);
  return new UserError(`${name} cannot be used:\n${lines.join("\n")}`, {
    next: "Change these lines and start again; nothing was made. docs/own-client.md says what a seed file may hold.",
  });
}

/**
 * Reads a seed file into a tenant.
 *
 * @throws UserError with all mistakes of the file
 */
export function applySeed(name: string | undefined, read: (file: SeedFile) => readonly SeedMistake[]): void {
  if (name === undefined) return;
  const file = readSeedFile(name);
  const mistakes = read(file);
  if (mistakes.length > 0) throw seedError(file, mistakes);
}

function textOf(name: string): string {
  try {
    return readFileSync(name, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EISDIR") throw error;
    throw new UserError(`There is no seed file ${name}.`, {
      next: "Name a YAML file; docs/own-client.md has an example.",
    });
  }
}

/** `auth0.users[0].email`. */
function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${String(step)}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}
