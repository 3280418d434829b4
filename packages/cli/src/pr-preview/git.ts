/** The two sides of a pull request in git. */
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { run } from "../shared/command.ts";
import { commitOf, git, type Commit } from "../shared/git.ts";

/** The two sides of a pull request. */
export interface Sides {
  /** Where the branch left the base. */
  readonly base: Commit;
  readonly head: Commit;
  /** Whether the working tree has what the head's commit does not. */
  readonly dirty: boolean;
}

/**
 * The head of the repository, and the commit at which it left `ref`: what has come to the base since then is no part
 * of the change. For the merge commit that GitHub makes of a pull request, that is the tip of the base itself.
 *
 * @throws UserError when `ref` names no commit here
 */
export async function sidesOf(repository: string, ref: string): Promise<Sides> {
  const tip = await commitOf(repository, ref, "--base");
  const head = await git(repository, "rev-parse", "HEAD");
  if (head === undefined)
    throw new UserError("This repository has no commit yet: there is nothing to compare.");
  // A shallow clone may not reach back to where the two part; then the tip has to do.
  const base = (await git(repository, "merge-base", tip.sha, head)) ?? tip.sha;
  return {
    base: { sha: base, name: ref },
    head: {
      sha: head,
      name: (await git(repository, "symbolic-ref", "--short", "--quiet", "HEAD")) ?? "HEAD",
    },
    dirty: (await git(repository, "status", "--porcelain")) !== "",
  };
}

/**
 * Writes the files of a commit below `folder`, through an index of its own.
 *
 * @returns the folder that is to the commit what `repository` is to its working tree
 */
export async function writeTree(repository: string, { sha }: Commit, folder: string): Promise<string> {
  const prefix = (await git(repository, "rev-parse", "--show-prefix")) ?? "";
  const top = (await git(repository, "rev-parse", "--show-toplevel")) ?? repository;
  const tree = join(folder, "tree");
  // `--prefix` is put before each path as it is, so it ends with a slash.
  for (const args of [
    ["read-tree", sha],
    ["checkout-index", "--all", `--prefix=${tree}/`],
  ]) {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    const { code, all } = await run("git", args, { cwd: top, env });
    if (code !== 0) throw new UserError(`The base's files could not be read: ${all}`);
  }
  return join(tree, prefix);
}
