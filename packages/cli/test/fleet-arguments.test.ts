import { expect, test } from "@jest/globals";
import { argumentsFor } from "../src/fleet/real.ts";

test("a destroy previews, so that something protected refuses it before anything is deleted", () => {
  expect(argumentsFor("destroy", "customer-acme")).toContain("--yes");
  expect(argumentsFor("destroy", "customer-acme")).not.toContain("--skip-preview");
  expect(argumentsFor("up", "customer-acme")).toContain("--skip-preview");
});
