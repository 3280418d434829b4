/** The component package: its folder is installed alone, and programs in other languages are written for its schema. */
import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { breakingChanges } from "../../tools/schema-changes.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "src/components");
const schema = readFileSync(join(folder, "schema.json"), "utf8");

test("schema.json is what the components say; npm run schema writes it, and names what breaks programs", () => {
  const said = execFileSync(process.execPath, [join(root, "tools/schema.ts"), "--check"], {
    encoding: "utf8",
  });
  expect(said).toBe("");
});

test("the schema knows secrets, and keeps the types of the states that there are", () => {
  const { resources } = z
    .object({
      resources: z.record(z.string(), z.object({ properties: z.unknown(), inputProperties: z.unknown() })),
    })
    .parse(JSON.parse(schema));
  expect(resources["ai-api-access:okta:ServiceApp"]?.properties).toMatchObject({
    clientSecret: { secret: true },
  });
  expect(resources["ai-api-access:auth0:IdentityProviderConnection"]?.inputProperties).toMatchObject({
    clientSecret: { secret: true },
  });
  expect(Object.keys(resources)).toContain("ai-api-access:auth0:OrganizationAccess");
});

test("the schema has every type that it refers to, and no other", () => {
  const { types } = z.object({ types: z.record(z.string(), z.unknown()) }).parse(JSON.parse(schema));
  const named = [...schema.matchAll(/"#\/types\/([^"]+)"/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(types).sort());
});

const one = (resource: object, type: object = {}) =>
  JSON.stringify({
    resources: { "p:m:R": { isComponent: true, properties: {}, ...resource } },
    types: { "p:m:T": { properties: {}, ...type } },
  });

test.each([
  [
    "a resource that is gone",
    one({}),
    JSON.stringify({ resources: {}, types: {} }),
    ["p:m:R is gone", "p:m:T is gone"],
  ],
  [
    "an input that is gone",
    one({ inputProperties: { a: { type: "string" } } }),
    one({}),
    ["a, an input of p:m:R, is gone"],
  ],
  [
    "an output of another type",
    one({ properties: { a: { type: "string" } } }),
    one({ properties: { a: { type: "integer" } } }),
    ["a, a property of p:m:R, has another type"],
  ],
  [
    "an input that has become required",
    one({ inputProperties: { a: { type: "string" } } }),
    one({ inputProperties: { a: { type: "string" } }, requiredInputs: ["a"] }),
    ["a, an input of p:m:R, has become required"],
  ],
  [
    "a field of a type that has become required",
    one({}, { properties: { a: { type: "string" } } }),
    one({}, { properties: { a: { type: "string" } }, required: ["a"] }),
    ["a, an input of p:m:T, has become required"],
  ],
  [
    "nothing: another description, a new input that may be left out, a new output",
    one({ properties: { a: { type: "string", description: "A" } } }),
    one({
      properties: { a: { type: "string", description: "B" }, b: {} },
      inputProperties: { b: {} },
      required: ["b"],
    }),
    [],
  ],
])("a change breaks %s", (_, before, now, changes) => {
  expect(breakingChanges(before, now)).toEqual(changes);
});
