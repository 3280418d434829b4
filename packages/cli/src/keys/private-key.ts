/** Where a private key goes: to a file that no repository holds, or to a secret manager through standard output. */
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { messageOf, UserError } from "@ai-api-access/user-error";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { run } from "../shared/command.ts";

/** For its user alone. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A place for a private key that has been found fit. */
export interface Destination {
  /** For messages. */
  readonly name: string;
  write(key: string): void;
  /** Takes back what was written, when what was to come after it failed. */
  takeBack(): void;
}

/**
 * @param out a path, or `-` for standard output
 * @throws UserError when a file is there already, or would lie in a git work tree
 */
export async function destinationOf(out: string): Promise<Destination> {
  if (out === "-") {
    return {
      name: "standard output",
      write(key) {
        // All that is ever written there; everything else goes to the error stream.
        process.stdout.write(key);
      },
      takeBack: () => undefined,
    };
  }
  const file = realPath(resolve(out));
  const folder = dirname(file);
  await refuseRepository(folder);
  // A link that leads nowhere is there, too.
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    throw new UserError(`--out: ${file} is there already, perhaps with a key in use. Name another file.`);
  }
  return {
    name: file,
    write(key) {
      const descriptor = createFile(file);
      try {
        writeSync(descriptor, key);
      } finally {
        closeSync(descriptor);
      }
    },
    takeBack() {
      rmSync(file, { force: true });
    },
  };
}

/** @throws UserError when it cannot be made */
function createFile(file: string): number {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
    return openSync(file, "wx", PRIVATE);
  } catch (error) {
    throw new UserError(`--out: ${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/** Where a path leads, which need not be there yet: a link on the way may lead into a repository. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));
}

async function refuseRepository(folder: string): Promise<void> {
  const inside = relative(realpathSync(repositoryRoot), folder);
  const isHere = inside === "" || (!inside.startsWith("..") && resolve(inside) !== inside);
  if (isHere || (await isWorkTree(folder))) {
    throw new UserError(
      `--out: ${folder} lies in a git repository, and a private key in one is soon in its history.\n` +
        "Name a file outside of it, for example ~/.keys/ai-service.json, or - for standard output.",
    );
  }
}

async function isWorkTree(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return isWorkTree(dirname(folder));
  try {
    const { code, stdout } = await run("git", ["rev-parse", "--is-inside-work-tree"], { cwd: folder });
    return code === 0 && stdout.trim() === "true";
  } catch {
    // Without git there is no work tree of it.
    return false;
  }
}
