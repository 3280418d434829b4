/** A repository of a test's own: this one's files as they are now, committed, with a branch to change. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linkModules } from "../src/pr-preview/modules.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

/** Settings with which a run would reach real tenants, a real backend, or this job's own summary. */
const CREDENTIALS = /^(AUTH0|OKTA|PULUMI|TF_VAR|GITHUB|GIT)_/;

export class Repository {
  readonly folder: string;

  constructor() {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "ai-api-access-repository-")));
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
      cwd: repositoryRoot,
      encoding: "utf8",
    });
    for (const file of listed.split("\0")) {
      const from = join(repositoryRoot, file);
      // A file that is deleted and not committed yet is still listed.
      if (file !== "" && existsSync(from)) cpSync(from, join(this.folder, file));
    }
    linkModules(repositoryRoot, this.folder);
    this.git("init", "--quiet", "--initial-branch", "main");
    this.commit("The base");
  }

  git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" }).trim();
  }

  commit(message: string): void {
    this.git("add", "--all");
    const author = [
      "-c",
      "user.name=Test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    this.git(...author, "commit", "--quiet", "--message", message);
  }

  /** Changes a file; what is to be replaced has to be there. */
  edit(file: string, ...replacements: readonly (readonly [string, string])[]): void {
    const path = join(this.folder, file);
    let text = readFileSync(path, "utf8");
    for (const [before, after] of replacements) {
      if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
      text = text.replace(before, after);
    }
    writeFileSync(path, text);
  }

  /** Runs `npx ai-api-access pr-preview` with no credential in the environment. */
  async preview(...args: string[]): Promise<{ code: number | null; report: string; said: string }> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name)));
    const child = spawn(
      process.execPath,
      [join(this.folder, "packages/cli/src/main.ts"), "pr-preview", ...args],
      {
        cwd: this.folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const said = { report: "", said: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.report += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.said += text));
    await once(child, "close");
    return { code: child.exitCode, ...said };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
