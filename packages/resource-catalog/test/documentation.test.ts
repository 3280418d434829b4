/** Claim: what the documentation says of types is what the catalog says. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { neededScopes, oktaTypes, providerFunctions, resourceTypes, scopesTable } from "../index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pages = ["README.md", ...globSync("docs/*.md", { cwd: root })].map((page) =>
  readFileSync(join(root, page), "utf8"),
);

describe("scopes", () => {
  test("the table between the markers is the generated one", () => {
    const tables = pages.flatMap(
      (page) => /<!-- scopes -->\n\n([\s\S]*?)\n\n<!-- \/scopes -->/.exec(page)?.[1] ?? [],
    );
    expect(tables).toEqual([scopesTable()]);
  });

  test("those of OAuth for Okta are named, and no others", () => {
    const functions = [...providerFunctions.values()].filter(({ vendor }) => vendor === "okta");
    const declared = Object.values(oktaTypes).map((type) => ({ type, retainOnDelete: false }));
    const needed = neededScopes(declared, functions);
    const named = pages.flatMap((page) =>
      [...page.matchAll(/okta:scopes\[\d\]' (\S+)/g)].map(([, scope]) => scope),
    );
    expect(named.toSorted()).toEqual([...needed.keys()].toSorted());
  });
});

test.each([...resourceTypes.values()].filter(({ find }) => find !== undefined))(
  "the table of ids to import has $token",
  ({ token, example, shownAt = "" }) => {
    const rows = pages.join("\n").matchAll(/^\| `([\w:/]+)` +\|[^|]+\| (.+?) +\| (.*?) *\|$/gm);
    const row = [...rows].find(([, type]) => type === token)?.slice(2) ?? [];
    expect(row.map((cell) => cell.replaceAll("\\|", "|").replaceAll("`", ""))).toEqual(
      [example, shownAt].map((text) => text.replaceAll("`", "")),
    );
  },
);
