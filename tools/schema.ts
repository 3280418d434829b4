/**
 * `npm run schema`: writes src/components/schema.json, which the component package gives the engine, and names what
 * breaks programs that use it. With `--check` it writes nothing, and fails where the file is not what it would write.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { componentSchema, schemaFile } from "./component-schema.ts";
import { breakingChanges } from "./schema-changes.ts";

const before = readFileSync(schemaFile, "utf8");
const now = componentSchema();
for (const change of breakingChanges(before, now)) {
  console.log(`breaking: ${change}. Put it into CHANGELOG.md, under what breaks.`);
}
if (!process.argv.includes("--check")) {
  if (before !== now) writeFileSync(schemaFile, now);
  console.log(`src/components/schema.json: ${before === now ? "up to date" : "written"}`);
} else if (before !== now) {
  console.error("src/components/schema.json is not what its components say: run npm run schema.");
  process.exitCode = 1;
}
