/** `-c`: a whole key, or one field of it, over Pulumi.local.yaml. */
import { expect, test } from "@jest/globals";
import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import { configOption } from "../src/shared/options.ts";

const set = (text: string, earlier?: ConfigValues) => configOption[2](text, earlier);
const organization = readLocalStack().config["ai-api-access:organization"];

test("one field is set, and the rest of the key stays as the file has it", () => {
  expect(set('organization.branding.primaryColor="#112233"')).toEqual({
    "ai-api-access:organization": expect.objectContaining({
      name: "my-awesome-company",
      branding: expect.objectContaining({ primaryColor: "#112233", pageBackgroundColor: "#FFFFFF" }),
    }),
  });
  expect(readLocalStack().config["ai-api-access:organization"]).toEqual(organization);
});

test("an item of a list is named by its number, and an empty value takes a field out", () => {
  const [first] = Object.values(set("roles[1].permissions=[ai:write]"));
  expect(first).toMatchObject([{ name: "ai-reader" }, { name: "ai-editor", permissions: ["ai:write"] }]);
  const [taken] = Object.values(set("organization.metadata="));
  expect(taken).not.toHaveProperty("metadata");
});

test("several add up, and a whole key is replaced", () => {
  const first = set("organization.displayName=Acme");
  const second = set("organization.name=acme", first);
  expect(second["ai-api-access:organization"]).toMatchObject({ name: "acme", displayName: "Acme" });
  expect(set("customDomain=", second)).toMatchObject({ "ai-api-access:customDomain": undefined });
  expect(set("organization={name: acme}", second)["ai-api-access:organization"]).toEqual({ name: "acme" });
});

test("what is no assignment, or no YAML, is refused with an example", () => {
  expect(() => set("organization")).toThrow(
    "Got organization; wants key=value, for example customDomain=login.example.com or organization.displayName=Acme.",
  );
  expect(() => set("organization={")).toThrow("The value of organization={ is not YAML");
});
