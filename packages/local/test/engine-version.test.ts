import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { ENGINE_VERSION } from "../src/engine/version.ts";

test("the CLI that is built is the version that is asked for", () => {
  const pinned = readFileSync(new URL("../../../tools/pulumi-cli/go.mod", import.meta.url), "utf8");
  expect(pinned).toContain(`github.com/pulumi/pulumi/pkg/v3 v${ENGINE_VERSION}`);
});
