/** `npm run template`: makes template/, what `pulumi new` starts a project from, follow the program. */
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../../local/machine/files.ts";
import { repositoryRoot } from "../../local/machine/folders.ts";
import { followingFiles, tracked, WRITTEN_BY_HAND } from "./contents.ts";

const folder = join(repositoryRoot, "template");
const files = followingFiles(repositoryRoot);
const wanted = new Set([...WRITTEN_BY_HAND, ...files.map(({ path }) => path)]);
for (const path of tracked(folder, ["."])) if (!wanted.has(path)) rmSync(join(folder, path));
for (const { path, text, executable } of files) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, text, executable ? 0o755 : 0o644);
}
console.log(`template/ has ${files.length} files that follow the program's.`);
