/** Which stacks a change in git concerns, in a small repository; no engine. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { stringify } from "yaml";
import { z } from "zod";
import { changedSince, LOADED_PACKAGES } from "../src/fleet/changed.ts";
import { changedStacks } from "../src/shared/changed-stacks.ts";

let outside: string;
let repository: string;
beforeAll(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), "ai-api-access-changed-")));
  // The project need not be the root of the repository.
  repository = join(outside, "infra");
  const config = (values: object) =>
    stringify({
      config: Object.fromEntries(
        Object.entries(values).map(([key, value]) => [`ai-api-access:${key}`, value]),
      ),
    });
  write("Pulumi.yaml", stringify({ name: "ai-api-access", runtime: "nodejs" }));
  write("Pulumi.base.yaml", config({ organizationsFolder: "organizations" }));
  write("organizations/ours.yaml", stringify({ displayName: "Ours", membersFile: "people/ours.csv" }));
  write("people/ours.csv", "email,roles\n");
  write("Pulumi.customer-a.yaml", config({ baseStack: "org/ai-api-access/base", organization: {} }));
  write("Pulumi.customer-b.yaml", config({ organization: { name: "b", membersFile: "people/b.csv" } }));
  write("people/b.csv", "email,roles\n");
  write("customers/Pulumi.customer-c.yaml", config({ organization: { membersFile: "people/b.csv" } }));
  for (const file of [
    "index.ts",
    "README.md",
    "docs/a.json",
    "packages/cli/src/a.ts",
    "packages/roster/src/a.ts",
  ])
    write(file, "");
  write(".gitignore", "*.secret.csv\n");
  execFileSync("git", ["init", "--quiet"], { cwd: outside });
  git("add", "--all");
  git(
    "-c",
    "user.name=T",
    "-c",
    "user.email=t@example.com",
    "-c",
    "commit.gpgsign=false",
    "commit",
    "-qm",
    "1",
  );
  git("tag", "deployed");
});
afterAll(() => {
  rmSync(outside, { recursive: true });
});
beforeEach(() => {
  git("reset", "--quiet", "--hard");
  git("clean", "--quiet", "-xdf");
});

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: repository });
}

function write(file: string, text: string): void {
  const path = join(repository, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function append(file: string): void {
  write(file, `${readFileSync(join(repository, file), "utf8")}# changed\n`);
}

const NAMES = ["org/ai-api-access/base", "customer-a", "customer-b"];
const since = (ref = "deployed") => changedSince(NAMES, ref, { repository });

test("nothing has changed where only pages, tests and other packages have", async () => {
  append("README.md");
  append("docs/a.json");
  append("packages/cli/src/a.ts");
  write("packages/roster/test/new.ts", "");
  const { names, said } = await since();
  expect(names).toEqual([]);
  expect(said).toBe("Changed since deployed: 0 of 3 stacks.");
});

test.each([
  ["its own file", "Pulumi.customer-b.yaml"],
  ["its members file", "people/b.csv"],
])("a stack is changed by %s, and no other stack is", async (_, file) => {
  append(file);
  const { names, said } = await since();
  expect(names).toEqual(["customer-b"]);
  expect(said).toBe(`Changed since deployed: 1 of 3 stacks.\n  customer-b: ${file}`);
});

test.each([
  ["an organization's file", "organizations/ours.yaml", append],
  [
    "an organization's new file",
    "organizations/new.yaml",
    (file: string) => {
      write(file, "displayName: New");
    },
  ],
  [
    "an organization's removed file",
    "organizations/ours.yaml",
    (file: string) => {
      rmSync(join(repository, file));
    },
  ],
  ["an organization's members file", "people/ours.csv", append],
])("%s changes its stack, and the stack that has it as its base", async (_, file, change) => {
  change(file);
  const { names, said } = await since();
  expect(names).toEqual(["org/ai-api-access/base", "customer-a"]);
  expect(said).toContain(`  org/ai-api-access/base: ${file}\n  customer-a: its base stack base`);
});

test.each(["Pulumi.yaml", "index.ts", "packages/roster/src/a.ts", "package-lock.json", "lib/new.ts"])(
  "%s is of the program, which every stack runs",
  async (file) => {
    write(file, "# changed\n");
    const { names, said } = await since();
    expect(names).toEqual(NAMES);
    expect(said).toBe(`The program has changed since deployed (${file}): all 3 stacks.`);
  },
);

test("a members file that git does not keep counts as changed", async () => {
  for (const membersFile of ["people/x.secret.csv", "../shared.csv"]) {
    const organization = { name: "b", membersFile };
    write("Pulumi.customer-b.yaml", stringify({ config: { "ai-api-access:organization": organization } }));
    write("people/x.secret.csv", "email,roles\n");
    const changed = await changedStacks({ repository }, { sha: "deployed", name: "deployed" });
    expect([...changed]).toEqual([["customer-b", ["Pulumi.customer-b.yaml", membersFile]]]);
  }
});

test("stacks whose files are in a folder of their own name theirs from the root", async () => {
  append("people/b.csv");
  const folder = join(repository, "customers");
  const { names } = await changedSince(["customer-c"], "deployed", { repository, folder });
  expect(names).toEqual(["customer-c"]);
  await expect(changedSince([], "deployed", { repository, folder: outside })).rejects.toThrow(
    `${outside} is not in the repository`,
  );
});

test("a commit that is not there is said, with what to do", async () => {
  await expect(since("v9")).rejects.toThrow(/^--changed-since: got v9; wants a branch, tag or commit/);
});

test("what the program loads is what its packages name", () => {
  const dependencies = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });
  const own = (folder: string): string[] => {
    const text = readFileSync(join(repositoryRoot, folder, "package.json"), "utf8");
    const names = Object.keys(dependencies.parse(JSON.parse(text)).dependencies);
    return names.flatMap((name) => /^@ai-api-access\/(.+)$/.exec(name)?.[1] ?? []);
  };
  // The roster is a plugin, which Pulumi.yaml names.
  const loaded = new Set([...own("."), "roster"]);
  for (const name of loaded) own(join("packages", name)).forEach((other) => loaded.add(other));
  expect([...LOADED_PACKAGES]).toEqual([...loaded].sort());
});
