/** Writes what the documentation says about the configuration: `npm run docs`. */
import { readFileSync, writeFileSync } from "node:fs";
import { pages, written } from "./config-docs.ts";

for (const page of Object.keys(pages)) {
  const text = readFileSync(page, "utf8");
  const now = written(page, text);
  if (now !== text) writeFileSync(page, now);
  console.log(`${page}: ${now === text ? "up to date" : "written"}`);
}
