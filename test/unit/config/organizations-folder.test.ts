import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { findConfigMistakes, readStackConfig } from "../../../src/config/index.ts";
import { localStackWith, sourceOf } from "./stack-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ai-api-access-organizations-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const source = (files: Readonly<Record<string, string>>) => {
  const inside = mkdtempSync(join(folder, "stack-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(inside, name), text);
  const config = localStackWith({ organization: undefined, organizationsFolder: "." });
  return sourceOf(config, { folder: inside });
};
const mistakes = (files: Readonly<Record<string, string>>) =>
  findConfigMistakes(source(files)).map(({ key, got }) => `${key}: ${got}`);

const ACME = "displayName: Acme\nconnections:\n  - database: acme-users\n";

test("each file is an organization of the file's name; what is no YAML file is left alone", () => {
  const { organizations } = readStackConfig(
    source({
      "acme.yaml": `${ACME}renamedFrom: acme-inc\nmembers:\n  - email: ada@example.com\n`,
      "bolt.yml": "displayName: Bolt\nconnections: [{ existing: shared }]\ndeleteWithStack: true\n",
      "README.md": "# Customers",
    }),
  );

  expect(organizations).toMatchObject([
    {
      name: "acme",
      file: { name: "acme", formerly: "acme-inc", deleteWithStack: false },
      members: [{ key: "./acme.yaml members[0]" }],
    },
    { name: "bolt", file: { formerly: undefined, deleteWithStack: true }, members: [] },
  ]);
});

test("the mistakes of all files are reported together, each with its file and line", () => {
  expect(
    mistakes({
      "acme.yaml": `${ACME}members:\n  - email: ada@example.com\n  - email: nobody\ncolour: red\n`,
      "bolt.yaml": "connections:\n  - existing: shared\n    passwordPolicy: good\n",
      "Upper.yaml": ACME.replace("acme-users", "upper-users"),
    }),
  ).toEqual([
    './acme.yaml:6 members[1].email: "nobody"',
    "./acme.yaml:7 colour: a key that is not known",
    "./bolt.yaml:1 displayName: nothing",
    './bolt.yaml:3 connections[0].passwordPolicy: "good"',
    "./Upper.yaml:1: a file whose name is not the name of an organization",
  ]);
});

test("what is no YAML is named with its line, and hides no mistake of another file", () => {
  expect(
    mistakes({ "acme.yaml": "displayName: Acme\nconnections: [\n", "bolt.yaml": "displayName: 5\n" }),
  ).toEqual([
    expect.stringMatching(/^\.\/acme\.yaml:1: no YAML, in line 3: /),
    "./bolt.yaml:1 connections: nothing",
    "./bolt.yaml:1 displayName: 5",
  ]);
});

test("a folder that is not there, and one without a file, are refused", () => {
  const missing = localStackWith({ organization: undefined, organizationsFolder: "customers" });
  expect(findConfigMistakes(sourceOf(missing, { folder }))).toMatchObject([
    { key: "ai-api-access:organizationsFolder", got: '"customers", which is no folder' },
  ]);
  expect(mistakes({})).toEqual(['ai-api-access:organizationsFolder: ".", a folder without a YAML file']);
});

test("an application that acts for several organizations has the same permissions in each", () => {
  const machine = (permissions: string) => `machines: [{ existing: agent, permissions: [${permissions}] }]\n`;
  const bolt = ACME.replace("acme-users", "bolt-users");
  const acme = ACME + machine("ai:read, ai:write");
  expect(mistakes({ "acme.yaml": acme, "bolt.yaml": bolt + machine("ai:write, ai:read") })).toEqual([]);
  expect(mistakes({ "acme.yaml": acme, "bolt.yaml": bolt + machine("ai:read") })).toEqual([
    "./bolt.yaml:4 machines[0].permissions: [ai:read] of agent",
  ]);
});

test("a connection that one organization's file creates does not exist for another", () => {
  const bolt = "displayName: Bolt\nconnections:\n  - existing: shared\n  - existing: acme-users\n";
  const found = findConfigMistakes(source({ "acme.yaml": ACME, "bolt.yaml": bolt }));
  expect(found).toMatchObject([
    {
      key: "./bolt.yaml:4 connections[1].existing",
      got: '"acme-users"',
      wants: expect.stringContaining("acme.yaml creates this one, for its organization alone"),
      next: expect.stringContaining("name it as existing in acme.yaml, too"),
    },
  ]);
});

test("what only one organization can have is not given to two", () => {
  const twice = `${ACME}discoveryDomains: [example.com]\nwasOrganization: true\n`;
  expect(mistakes({ "acme.yaml": twice, "bolt.yaml": `${twice}renamedFrom: acme\n` })).toEqual([
    "./bolt.yaml:3 connections[0]: an object with database",
    './bolt.yaml:4 discoveryDomains[0]: "example.com"',
    "./bolt.yaml:5 wasOrganization: true",
    './bolt.yaml:6 renamedFrom: "acme"',
  ]);
});
