/** What commands ask of git. They read the repository and write nothing into it, not even a worktree's note. */
import { UserError } from "@ai-api-access/user-error";
import { run } from "./command.ts";

/** A commit, and how a person named it. */
export interface Commit {
  readonly sha: string;
  /** As given, or as git abbreviates it: `origin/main`, `a1b2c3d`. */
  readonly name: string;
}

/**
 * @param option that gave `ref`, for the message
 * @throws UserError when `ref` names no commit here
 */
export async function commitOf(repository: string, ref: string, option: string): Promise<Commit> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  const sha = await git(repository, ...args);
  if (sha !== undefined) return { sha, name: ref };
  throw new UserError(
    `${option}: got ${ref}; wants a branch, tag or commit of this repository, for example origin/main.\n` +
      "If it is on the remote only, fetch it first: git fetch origin main",
  );
}

/**
 * The files that differ between a commit and the working tree, also those that are only in one of the two. What git
 * is told to ignore is among them only where it is asked for by its path: whether it changed, git cannot say.
 *
 * @param paths below `repository`; all of it where none is given
 * @returns names below `repository`: `Pulumi.dev.yaml`
 * @throws UserError with git's own words
 */
export async function changedFiles(
  repository: string,
  { sha }: Commit,
  paths?: readonly string[],
): Promise<string[]> {
  const named = ["--", ...(paths ?? ["."]).map((path) => `:(literal)${path}`)];
  const ignoring = paths === undefined ? ["--exclude-standard"] : [];
  const lists = await Promise.all([
    list(repository, "diff", "--name-only", "--no-renames", "--relative", "-z", sha, ...named),
    list(repository, "ls-files", "--others", "-z", ...ignoring, ...named),
  ]);
  return [...new Set(lists.flat())].sort();
}

async function list(repository: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, all } = await typed(repository, args);
  if (code !== 0) throw new UserError(`git could not say what changed: ${all.trim()}`);
  return stdout.split("\0").filter((file) => file !== "");
}

/** What git prints, or undefined where it refuses. */
export async function git(repository: string, ...args: string[]): Promise<string | undefined> {
  const { code, stdout } = await typed(repository, args);
  return code === 0 ? stdout.trim() : undefined;
}

async function typed(repository: string, args: readonly string[]) {
  try {
    return await run("git", args, { cwd: repository });
  } catch (error) {
    throw new UserError("git is not on PATH, and the repository is read with it.", { cause: error });
  }
}
