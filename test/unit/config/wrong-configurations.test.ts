import { describe, expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { ConfigError, readStackConfig } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

// What is wrong stands in `wrong/`: the local stack with a few values set or removed, and the message that it gets.
const wrongConfigurations = z.array(
  z.strictObject({
    title: z.string(),
    set: z.record(z.string(), z.unknown()).default({}),
    remove: z.array(z.string()).default([]),
    says: z.string(),
  }),
);

const folder = new URL("wrong/", import.meta.url);
const files = readdirSync(folder).map((name) => ({
  subject: name.replace(".yaml", ""),
  all: wrongConfigurations.parse(parse(readFileSync(new URL(name, folder), "utf8"))),
}));

function messageOf(config: Readonly<Record<string, unknown>>): string {
  try {
    readStackConfig(sourceOf(config));
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "no mistake was found";
}

describe.each(files)("a wrong configuration is explained: $subject", ({ all }) => {
  test.each(all)("$title", ({ set, remove, says }) => {
    const removed = Object.fromEntries(remove.map((path) => [path, undefined]));
    const count = says.match(/^\d+\./gm)?.length ?? 0;

    expect(messageOf(localStackWith({ ...set, ...removed }))).toBe(
      `${String(count)} mistake${count === 1 ? "" : "s"} in the configuration of stack stack ` +
        `(nothing was looked up or changed):\n\n${says.trimEnd()}`,
    );
  });
});
