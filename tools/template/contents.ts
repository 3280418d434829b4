/** What a project made by `pulumi new` takes over from this repository. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/**
 * The program, its plugin for large organizations, the packages that these import, and what they are run with; local
 * tenants and tests stay here.
 */
const TAKEN = [
  "index.ts",
  "src",
  "packages/provider-kit",
  "packages/resource-catalog",
  "packages/roster",
  "packages/tenant-clients",
  "packages/user-error",
  "tools/check-node.cjs",
  "tools/lazy-sdk.cjs",
  "tsconfig.json",
  "Pulumi.dev.yaml",
];
const LEFT_OUT = /^packages\/[^/]+\/test\//;

const versions = z.record(z.string(), z.string());
const manifestSchema = z.object({ engines: versions, dependencies: versions, devDependencies: versions });

/** The tracked files of this repository that a new project has as they are, by their path from the root. */
export function takenFiles(root: string): string[] {
  return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...TAKEN], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\0")
    .filter((path) => path !== "" && !LEFT_OUT.test(path));
}

/** A package's `package.json` in a new project: npm would look for what its tests need, which stay here. */
export function packageManifest(text: string): string {
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  return `${JSON.stringify({ ...manifest, devDependencies: undefined }, null, 2)}\n`;
}

/** `package.json` of a new project; `pulumi new` puts its own name and description in. */
export function manifest(root: string): string {
  const { engines, dependencies, devDependencies } = manifestSchema.parse(
    JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
  );
  const manifest = {
    name: "${PROJECT}",
    description: "${DESCRIPTION}",
    private: true,
    type: "module",
    main: "index.ts",
    engines,
    workspaces: ["packages/*", "src/components"],
    scripts: { typecheck: "tsc -p tsconfig.json" },
    dependencies,
    devDependencies: { "@types/node": devDependencies["@types/node"] },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
