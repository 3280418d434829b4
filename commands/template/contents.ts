/** What a project made by `pulumi new` takes over from this repository. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The program, its plugin for large organizations, and what they are run with; the twin and the tests stay here. */
const TAKEN = [
  "index.ts",
  "src",
  "roster",
  "plugin-kit",
  "compile-cache.cjs",
  "tsconfig.json",
  "tsconfig.run.json",
  "Pulumi.dev.yaml",
];

/** Here they go through a Node that npm installs; there the one that runs Pulumi's programs does. */
const SCRIPTS = {
  "app-config": "node src/app-config/bin.cjs",
  members: "node roster/bin/members.ts",
  typecheck: "tsc -p tsconfig.json",
};

const versions = z.record(z.string(), z.string());
const manifestSchema = z.object({ engines: versions, dependencies: versions, devDependencies: versions });

/** A file of the template that follows this repository's own. */
export interface TemplateFile {
  /** From the template's folder, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** All files of the template but those that are written by hand, and stand in {@link WRITTEN_BY_HAND}. */
export function followingFiles(root: string): TemplateFile[] {
  return [manifest(root), ...tracked(root, TAKEN).map((path) => copied(root, path))];
}

/** What a new project has in place of this repository's own. */
export const WRITTEN_BY_HAND: readonly string[] = [".gitignore", "Pulumi.yaml", "README.md"];

/** The files that git has, or would take, below some paths; they exist. */
export function tracked(root: string, paths: readonly string[]): string[] {
  const list = (...which: string[]) =>
    execFileSync("git", ["ls-files", ...which, "-z", "--", ...paths], { cwd: root, encoding: "utf8" })
      .split("\0")
      .filter((path) => path !== "");
  const deleted = new Set(list("--deleted"));
  return list("--cached", "--others", "--exclude-standard").filter((path) => !deleted.has(path));
}

function copied(root: string, path: string): TemplateFile {
  const file = join(root, path);
  return { path, text: readFileSync(file, "utf8"), executable: isExecutable(file) };
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function manifest(root: string): TemplateFile {
  const { engines, dependencies, devDependencies } = manifestSchema.parse(
    JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
  );
  const manifest = {
    // `pulumi new` puts the project's own in.
    name: "${PROJECT}",
    description: "${DESCRIPTION}",
    private: true,
    type: "commonjs",
    main: "index.ts",
    engines,
    workspaces: ["plugin-kit", "roster"],
    scripts: SCRIPTS,
    dependencies,
    devDependencies: { "@types/node": devDependencies["@types/node"] },
  };
  return { path: "package.json", text: `${JSON.stringify(manifest, null, 2)}\n`, executable: false };
}
