import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { pages, written } from "../../../tools/config-docs.ts";

test.each(Object.keys(pages))(
  "%s says of the configuration what its schema says (else: npm run docs)",
  (page) => {
    const text = readFileSync(new URL(`../../../${page}`, import.meta.url), "utf8");

    expect(text).toBe(written(page, text));
  },
);
