/** `npm run template [FOLDER]`: writes what `pulumi new` starts a project from, by default to the ignored `template/`. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { manifest, packageManifest, takenFiles } from "./contents.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(process.argv[2] ?? join(root, "template"));
if (!existsSync(join(root, ".git"))) {
  console.error(`${root} is no git repository, and git says which files a new project takes over.\nNext: clone the repository, and run this in the clone.`);
  process.exit(1);
}
const files = takenFiles(root);

rmSync(folder, { recursive: true, force: true });
cpSync(join(import.meta.dirname, "files"), folder, { recursive: true });
for (const path of files) {
  const copy = join(folder, path);
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(join(root, path), copy);
  if (basename(path) === "package.json") writeFileSync(copy, packageManifest(readFileSync(copy, "utf8")));
}
writeFileSync(join(folder, "package.json"), manifest(root));
// The namespace of the configuration is the project's own name. In files whose name ends in .yaml, `pulumi new` writes a
// line break after each project name, which breaks the keys. It removes ${DESCRIPTION} from the names of files.
const stackFile = join(folder, "Pulumi.dev.yaml");
const named = readFileSync(stackFile, "utf8").replaceAll("ai-api-access:", "${PROJECT}:");
writeFileSync(join(folder, "Pulumi.dev.yaml${DESCRIPTION}"), named);
rmSync(stackFile);
console.log(`${folder}: the ${files.length} files of the program, and those of a new project. Next: pulumi new ${folder}`);
