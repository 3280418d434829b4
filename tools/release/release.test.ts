import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { currentVersion, manifestsOf, notesOf, withVersion } from "./versions.ts";

const OTHERS = ["package-lock.json", "src/components/schema.json", "CHANGELOG.md"];

/** A repository with the manifests of this one. */
let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "release-"));
  for (const path of [...manifestsOf(repositoryRoot), ...OTHERS]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(repositoryRoot, path), join(root, path));
  }
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  execFileSync("git", ["add", "--all"], { cwd: root });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const changelog = (text: string) => {
  writeFileSync(join(root, "CHANGELOG.md"), text);
};

describe("a new version", () => {
  test("is in every package, in what they ask of one another, in the lock file and in the changelog", () => {
    changelog(
      "# Changelog\n\n## Unreleased\n\n- `fleet` knows an order.\n\n## 0.0.1 (2026-01-01)\n\n- Begun.\n",
    );
    const current = currentVersion(root);
    const before = new Map(
      [...manifestsOf(root), ...OTHERS].map((path) => [path, readFileSync(join(root, path), "utf8")]),
    );
    const files = withVersion(root, "9.0.0", "2026-12-24");
    for (const { path, text } of files.filter(({ path }) => path.endsWith(".json"))) {
      const lines = text.split("\n");
      const changed =
        before
          .get(path)
          ?.split("\n")
          .filter((line, at) => line !== lines[at]) ?? [];
      expect(changed.every((line) => line.includes(`"${current}"`))).toBe(true);
    }
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(OTHERS));
    for (const { path, text } of files) writeFileSync(join(root, path), text);
    expect(currentVersion(root)).toBe("9.0.0");
    const texts = files.map(({ text }) => text).join("");
    expect(texts).not.toMatch(new RegExp(`"@ai-api-access/[a-z-]+": "${current.replaceAll(".", "\\.")}"`));
    const lock = z.object({
      packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })),
    });
    const { packages } = lock.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
    const own = Object.entries(packages).filter(([path]) => !path.includes("node_modules/"));
    expect(own.filter(([, { version }]) => version === current)).toEqual([]);
    expect(readFileSync(join(root, "CHANGELOG.md"), "utf8")).toBe(
      "# Changelog\n\n## Unreleased\n\n## 9.0.0 (2026-12-24)\n\n- `fleet` knows an order.\n\n## 0.0.1 (2026-01-01)\n\n- Begun.\n",
    );
  });

  test("has to be newer, and needs something to say, all told at once", () => {
    changelog("# Changelog\n\n## Unreleased\n\n## 0.0.1 (2026-01-01)\n\n- Begun.\n");
    const now = currentVersion(root);
    expect(() => withVersion(root, "0.0.1", "2026-12-24")).toThrow(
      `0.0.1 is not newer than ${now}, the version of package.json.\nCHANGELOG.md has nothing under \`## Unreleased\`.`,
    );
    expect(() => withVersion(root, "v10", "2026-12-24")).toThrow("v10 is not a version");
  });
});

test("the notes of a release are what stands under its heading", () => {
  const text =
    "# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-01-01)\n\nFirst:\n\n- one\n\n## 1.1.0\n\n- two\n";
  expect(notesOf(text, "1.2.0")).toBe("First:\n\n- one");
  expect(notesOf(text, "1.1.0")).toBe("- two");
  expect(notesOf(text, "1.0.0")).toBe("");
});

test("a dry run writes nothing, and a tag of another version is refused before anything is built", () => {
  changelog("# Changelog\n\n## Unreleased\n\n- One thing more.\n");
  const before = readFileSync(join(root, "package.json"), "utf8");
  const release = (args: readonly string[], env: Record<string, string> = {}) => {
    const main = join(repositoryRoot, "tools/release/main.ts");
    return execFileSync(process.execPath, [main, ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  };
  expect(release(["999.0.0", "--dry-run"])).toMatch(/^would write package\.json$[^]*Nothing was written\./m);
  expect(readFileSync(join(root, "package.json"), "utf8")).toBe(before);
  expect(() => release([], { GITHUB_REF_NAME: "v999.0.0" })).toThrow(
    /The tag is v999\.0\.0 and package\.json has/,
  );
});
