import { chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { messageOf } from "@ai-api-access/user-error";
import { execa, ExecaError } from "execa";
import { repositoryRoot } from "../machine/folders.ts";
import type { FetchOptions } from "./download.ts";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const EVERY_MS = 5_000;

/**
 * Builds the CLI from its published Go modules, at the versions and checksums that `tools/pulumi-cli` pins.
 * The binary appears at its place only when it is whole.
 */
export async function buildEngine({ root, version, onProgress, signal }: FetchOptions): Promise<void> {
  const name = process.platform === "win32" ? "pulumi.exe" : "pulumi";
  const target = join(root, "bin", name);
  const unfinished = `${target}.${process.pid}.unfinished`;
  mkdirSync(dirname(target), { recursive: true });
  const options = {
    cwd: join(repositoryRoot, "tools", "pulumi-cli"),
    env: { CGO_ENABLED: "0" },
    ...(signal && { cancelSignal: signal }),
  };
  try {
    onProgress(`Building the Pulumi CLI ${version.version} with Go, once for this machine (some minutes).`);
    const modules = counter("modules downloaded", undefined, onProgress);
    const list = execa("go", ["list", "-deps", PACKAGE], options);
    for await (const line of createInterface({ input: list.stderr })) {
      if (line.startsWith("go: downloading")) modules.next();
    }
    const total = (await list).stdout.split("\n").length;
    modules.end();

    const packages = counter("packages compiled", total, onProgress);
    const build = execa(
      "go",
      [
        "build",
        "-v",
        "-trimpath",
        `-p=${availableParallelism()}`,
        "-ldflags",
        `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version.version}`,
        "-o",
        unfinished,
        PACKAGE,
      ],
      options,
    );
    for await (const line of createInterface({ input: build.stderr })) {
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) packages.next();
    }
    await build;
    packages.end();
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, target);
  } catch (error) {
    throw new Error(explain(error), { cause: error });
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof ExecaError)) return messageOf(error);
  if (error.code === "ENOENT") return "Go is not installed (no `go` on PATH)";
  return typeof error.stderr === "string" && error.stderr !== "" ? error.stderr : error.shortMessage;
}

/** Counts up and says so every few seconds: a build of minutes is never silent. */
function counter(what: string, total: number | undefined, onProgress: (line: string) => void) {
  let count = 0;
  const say = () => {
    onProgress(`  ${total === undefined ? count : `${Math.min(count, total)} of ${total}`} ${what}`);
  };
  const timer = setInterval(say, EVERY_MS);
  return {
    next: () => count++,
    end() {
      clearInterval(timer);
      if (count > 0) say();
    },
  };
}
