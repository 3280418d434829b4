/**
 * `npm run release -- 0.2.0 [--dry-run]` writes the version of the next release into the repository.
 * `npm run release` builds what is published of the version that the repository has, into the ignored `release/`;
 * in a workflow for a tag it refuses another version.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { currentVersion, notesOf, withVersion } from "./versions.ts";

// npm starts this in the root of the repository.
const root = process.cwd();

function prepare(version: string, isDryRun: boolean): void {
  const today = new Date().toISOString().slice(0, 10);
  const files = withVersion(root, version, today);
  for (const { path, text } of files) {
    if (!isDryRun) writeFileSync(join(root, path), text);
    console.log(`${isDryRun ? "would write" : "wrote"} ${path}`);
  }
  console.log(
    isDryRun
      ? "Nothing was written. Next: the same without --dry-run."
      : `Next: git commit --all --message "Release ${version}" && git tag v${version}, then push both: the workflow \`release.yml\` does the rest.`,
  );
}

/** Tarballs of the emulators, the schema of the components, notes and checksums. */
function build(): void {
  const version = currentVersion(root);
  const tag = process.env.GITHUB_REF_NAME;
  const notes = notesOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);
  const mistakes = [
    ...(tag === undefined || tag === `v${version}`
      ? []
      : [`The tag is ${tag} and package.json has ${version}. The tag of that version is v${version}.`]),
    ...(notes === "" ? [`CHANGELOG.md has nothing under \`## ${version}\`.`] : []),
  ];
  if (mistakes.length > 0) {
    throw new Error([...mistakes, "Next: npm run release -- VERSION, commit, and tag that."].join("\n"));
  }
  const folder = join(root, "release");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const pack = join(root, "tools/pack-emulators.ts");
  const artifacts = execFileSync(process.execPath, [pack, folder], { encoding: "utf8" }).trim().split("\n");
  const schema = join(folder, "schema.json");
  writeFileSync(schema, readFileSync(join(root, "src/components/schema.json")));
  const sums = [...artifacts, schema].map((file) => {
    const sum = createHash("sha256").update(readFileSync(file)).digest("hex");
    return `${sum}  ${basename(file)}\n`;
  });
  writeFileSync(join(folder, "SHA256SUMS"), sums.join(""));
  // Notes are no artifact: the page of the release shows them.
  writeFileSync(join(root, "release/NOTES.md"), `${notes}\n`);
  console.log(
    `${folder}: ${String(artifacts.length)} packages of ${version}, the schema of the components, checksums, notes`,
  );
}

try {
  const options = { "dry-run": { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [version] = positionals;
  if (version === undefined) build();
  else prepare(version, values["dry-run"] ?? false);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
