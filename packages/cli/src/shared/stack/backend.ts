/** Where a stack's state is kept, and who holds its lock there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeOf } from "@ai-api-access/user-error";
import type { Workspace } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

export type Backend =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "cloud" }
  /** A bucket or a database, which only the CLI can read. */
  | { readonly kind: "other"; readonly url: string };

/** The lock that a run takes for as long as it lasts. */
export interface Lock {
  /** Whose it is: `ada@laptop (process 4711)`. */
  readonly holder: string;
  readonly since: string | undefined;
  /** Whether the process lives; of one on another machine nobody knows here. */
  readonly process: "alive" | "gone" | "elsewhere";
}

export async function backendOf(workspace: Pick<Workspace, "whoAmI" | "workDir">): Promise<Backend> {
  const { url = "" } = await workspace.whoAmI();
  if (/^https?:/.test(url)) return { kind: "cloud" };
  if (!url.startsWith("file://")) return { kind: "other", url };
  const plain = url.replace(/\?.*$/, "");
  if (/^file:\/\/\/./.test(plain)) return { kind: "folder", folder: fileURLToPath(plain) };
  const path = plain.slice("file://".length).replace(/^~/, homedir());
  return { kind: "folder", folder: resolve(workspace.workDir, path) };
}

/** The locks of a stack, as far as they can be seen; a bucket's cannot. */
export async function locksOf(
  workspace: Pick<Workspace, "listStacks">,
  backend: Backend,
  { name, project }: { readonly name: string; readonly project: string },
): Promise<readonly Lock[]> {
  const stack = lastPart(name);
  switch (backend.kind) {
    case "folder":
      return locksIn(join(backend.folder, ".pulumi", "locks", "organization", project, stack));
    case "cloud": {
      const summary = (await workspace.listStacks()).find((one) => lastPart(one.name) === stack);
      if (summary?.updateInProgress !== true) return [];
      return [
        { holder: "an update that Pulumi Cloud counts as running", since: undefined, process: "elsewhere" },
      ];
    }
    case "other":
      return [];
  }
}

/** `dev` of `acme/ai-api-access/dev`. */
export function lastPart(name: string): string {
  return name.split("/").at(-1) ?? name;
}

/** As the engine writes it (`lockContent` in its `pkg/backend/diy/lock.go`). */
const lockSchema = z.object({
  pid: z.number(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.string(),
});

function locksIn(folder: string): Lock[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.map((name) => lockFrom(readFileSync(join(folder, name), "utf8")));
}

function lockFrom(text: string): Lock {
  const { success, data } = lockSchema.safeParse(parsed(text));
  // The engine writes it before it does anything else, so whoever was killed there has changed nothing.
  if (!success)
    return { holder: "a process that was killed while it took the lock", since: undefined, process: "gone" };
  const { username, hostname: host, pid, timestamp } = data;
  return {
    holder: `${username}@${host} (process ${String(pid)})`,
    since: timestamp.replace(/\.\d+/, ""),
    process: host !== hostname() ? "elsewhere" : isAlive(pid) ? "alive" : "gone",
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and is somebody else's.
    return codeOf(error) === "EPERM";
  }
}
