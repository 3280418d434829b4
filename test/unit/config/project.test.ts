import { expect, test } from "@jest/globals";
import { findConfigMistakes, readStackConfig } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

/** The local stack in a project of another name, as `pulumi new` makes one. */
function inProject(project: string, changes: Readonly<Record<string, unknown>>) {
  const config = Object.entries(localStackWith(changes)).map(([key, value]): [string, unknown] => [
    key.replace("ai-api-access:", `${project}:`),
    value,
  ]);
  return sourceOf(Object.fromEntries<unknown>(config), { project, secretKeys: [`${project}:customDomain`] });
}

test("the keys of a project have its name as their namespace", () => {
  const config = readStackConfig(inProject("my-access", {}));

  expect(config).toMatchObject({ project: "my-access", organizations: [{ name: "my-awesome-company" }] });
  expect(config.organizations[0]?.members.map(({ key }) => key)).toEqual([
    "my-access:organization.members[0]",
    "my-access:organization.members[1]",
  ]);
});

test("its mistakes are reported in that namespace, and its secrets are hidden", () => {
  const source = inProject("my-access", {
    "roles[0].permissions": ["ai:raed"],
    customDomain: "https://secret.example.com",
  });

  expect(findConfigMistakes(source)).toEqual([
    {
      key: "my-access:roles[0].permissions[0]",
      got: '"ai:raed"',
      wants: "a permission that my-access:api declares: ai:read, ai:write",
      example: "ai:read",
      next: "did you mean ai:read?",
    },
    {
      key: "my-access:customDomain",
      got: "a value that was given as a secret (not shown)",
      wants: "the host name of the tenant's custom domain, without https:// and without a path",
      example: "login.example.com",
    },
  ]);
});
