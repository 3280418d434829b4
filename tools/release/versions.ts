/** The version of a release: one number for every package of this repository, its changelog and its tag. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { z } from "zod";

/** A file of the repository, by its path from the root, as it is to be. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

const OWN = "@ai-api-access/";
const UNRELEASED = "## Unreleased\n";

const object = z.record(z.string(), z.unknown());
type JsonObject = z.output<typeof object>;
const names = z.record(z.string(), z.string());
const SCHEMA = "src/components/schema.json";

/** The version that `package.json` has. */
export function currentVersion(root: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(read(root, "package.json"))).version;
}

/**
 * Everything that a new version changes: the manifests, the lock file, the schema of the components, the changelog.
 *
 * @param today `2026-01-31`
 * @throws Error with all that is wrong, a line each
 */
export function withVersion(root: string, version: string, today: string): Written[] {
  const current = currentVersion(root);
  const changelog = read(root, "CHANGELOG.md");
  const mistakes = [
    ...(semver.valid(version) === version && semver.prerelease(version) === null
      ? semver.gt(version, current)
        ? []
        : [`${version} is not newer than ${current}, the version of package.json.`]
      : [
          `${version} is not a version: that has three numbers, for example ${semver.inc(current, "minor") ?? ""}.`,
        ]),
    ...(notesOf(changelog, "Unreleased") === ""
      ? ["CHANGELOG.md has nothing under `## Unreleased`. Say there what changed for users."]
      : []),
  ];
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));

  const ours = (manifest: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(manifest).map(([key, value]) => {
        if (key === "version" && value === current) return [key, version];
        if (key !== "dependencies" && key !== "devDependencies") return [key, value];
        return [key, renumbered(names.parse(value), current, version)];
      }),
    );
  const parsed = (path: string): JsonObject => object.parse(JSON.parse(read(root, path)));
  const manifests = manifestsOf(root).map((path) => ({ path, text: json(ours(parsed(path))) }));
  const lock = ours(parsed("package-lock.json"));
  const packages = Object.fromEntries(
    Object.entries(object.parse(lock.packages)).map(([path, entry]) => [
      path,
      path.includes("node_modules/") ? entry : ours(object.parse(entry)),
    ]),
  );
  return [
    ...manifests,
    { path: "package-lock.json", text: json({ ...lock, packages }) },
    { path: SCHEMA, text: json(ours(parsed(SCHEMA))) },
    {
      path: "CHANGELOG.md",
      text: changelog.replace(UNRELEASED, `${UNRELEASED}\n## ${version} (${today})\n`),
    },
  ].filter(({ path, text }) => text !== read(root, path));
}

/** What stands under a heading of the changelog: `Unreleased` or a version. */
export function notesOf(changelog: string, heading: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((one) => (one.split("\n", 1)[0] ?? "").split(" ")[0] === heading);
  return section?.slice(section.indexOf("\n")).trim() ?? "";
}

/** The manifests that git keeps. */
export function manifestsOf(root: string): string[] {
  const said = execFileSync("git", ["ls-files", "-z", "package.json", "*/package.json"], {
    cwd: root,
    encoding: "utf8",
  });
  return said.split("\0").filter((path) => path !== "");
}

function renumbered(
  names: Readonly<Record<string, string>>,
  current: string,
  version: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).map(([name, range]) => [
      name,
      name.startsWith(OWN) && range === current ? version : range,
    ]),
  );
}

const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
