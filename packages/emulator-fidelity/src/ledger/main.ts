/** `npm run supported`: writes `docs/SUPPORTED.md`, or with `--check` says whether it is up to date. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { format, resolveConfig } from "prettier";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { allKnownDifferences } from "./differences.ts";
import { gapsOf } from "./notes.ts";
import { supportedPage } from "./page.ts";
import { notedTenants } from "./tenants.ts";

const FILE = join(repositoryRoot, "docs/SUPPORTED.md");

const cli = new Command("npm run supported --")
  .description(
    "Writes docs/SUPPORTED.md from the tenants' routes and the notes in packages/emulator-fidelity/src/ledger/notes.",
  )
  .option("--check", "write nothing; exit with 1 when the page is not as it would be written")
  .parse();
const { check } = z.object({ check: z.boolean().default(false) }).parse(cli.opts());

const gaps = notedTenants.flatMap(gapsOf);
if (gaps.length > 0) {
  console.error(["The ledger has gaps:", ...gaps.map((gap) => `  ${gap}`)].join("\n"));
  process.exitCode = 1;
} else {
  // As the repository's formatter writes it, so that the page passes `npm run format:check`.
  const style = await resolveConfig(FILE);
  const page = await format(supportedPage(notedTenants, allKnownDifferences), {
    ...style,
    parser: "markdown",
  });
  const current = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  if (!check) {
    writeWhole(FILE, page, 0o644);
    console.log("Wrote docs/SUPPORTED.md.");
  } else if (current === page) {
    console.log("docs/SUPPORTED.md is up to date.");
  } else {
    console.error("docs/SUPPORTED.md is out of date. Write it again with: npm run supported");
    process.exitCode = 1;
  }
}
