/** The npm packages of another tree of the same repository. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { run } from "../shared/command.ts";

const LOCK_FILE = "package-lock.json";
const FOLDER = "node_modules";

export interface ModulesOptions {
  /** Where the packages are installed. */
  readonly from: string;
  readonly to: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Gives a tree its packages: those that are installed already if it asks for the same ones, else its own. */
export async function provideModules({ from, to, say, signal }: ModulesOptions): Promise<void> {
  if (sameLock(from, to)) {
    linkModules(from, to);
    return;
  }
  say("The base has another package-lock.json: installing its packages (npm ci).");
  const { code, all } = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: to, signal });
  signal.throwIfAborted();
  if (code !== 0) throw new UserError(`npm ci did not succeed in the base:\n${all}`);
}

function sameLock(one: string, other: string): boolean {
  const [first, second] = [one, other].map((root) => join(root, LOCK_FILE)).map(contentOf);
  return first !== undefined && first === second;
}

function contentOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * Links every installed package into another tree, one by one: a link to the whole folder would lead the packages of
 * the repository itself (its workspaces) back to the tree they were installed in.
 */
export function linkModules(from: string, to: string): void {
  const root = realpathSync(from);
  const workspaces: string[] = [];
  link(join(root, FOLDER), join(to, FOLDER));
  // What only one workspace needs in that version is installed beside it.
  for (const workspace of workspaces) {
    const own = join(root, workspace, FOLDER);
    if (existsSync(own) && existsSync(join(to, workspace))) link(own, join(to, workspace, FOLDER));
  }

  function link(folder: string, copy: string): void {
    mkdirSync(copy, { recursive: true });
    for (const name of readdirSync(folder)) {
      const entry = join(folder, name);
      if (!statSync(entry).isDirectory()) continue;
      if (name.startsWith("@")) {
        link(entry, join(copy, name));
        continue;
      }
      const real = realpathSync(entry);
      const inTree = relative(root, real);
      const isWorkspace =
        !isAbsolute(inTree) && !inTree.split(sep).some((part) => [FOLDER, ".."].includes(part));
      if (isWorkspace) workspaces.push(inTree);
      // A junction is what Windows lets every user make; elsewhere the kind says nothing.
      symlinkSync(isWorkspace ? join(to, inTree) : real, join(copy, name), "junction");
    }
  }
}
