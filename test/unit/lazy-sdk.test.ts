import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const loaded = () => Object.keys(require.cache).filter((file) => /typescript[.]js$|arborist.lib.arborist/.test(file)).length;
  const before = loaded();
  const one = 1;
  pulumi.runtime.serializeFunction(() => one).then(({ text }) => {
    console.log(JSON.stringify({ before, after: loaded() > 0, text }));
  });
`;

test("the SDK loads no compiler and no installer with itself, and serializes a function all the same", () => {
  const said = execFileSync(process.execPath, ["--require", "./tools/lazy-sdk.cjs", "--eval", PROGRAM], {
    cwd: repositoryRoot,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(JSON.parse(said)).toEqual({ before: 0, after: true, text: expect.stringContaining("one") });
});
