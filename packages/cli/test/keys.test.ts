/** What `npx ai-api-access keys new` writes and where, and what it refuses before anything is written. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { keys } from "./keys-command.ts";

let project: string;
let safe: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "ai-api-access-keys-"));
  safe = mkdtempSync(join(tmpdir(), "ai-api-access-private-"));
});
afterEach(() => {
  for (const folder of [project, safe]) rmSync(folder, { recursive: true, force: true });
});

const FILE = "Pulumi.dev.yaml";
const stackFile = (): string => readFileSync(join(project, FILE), "utf8");
const original = readFileSync(join(repositoryRoot, FILE), "utf8");

function writeStackFile(method = "private_key_jwt"): void {
  const before = "tokenEndpointAuthMethod: client_secret_post";
  expect(original).toContain(before);
  writeFileSync(join(project, FILE), original.replace(before, `tokenEndpointAuthMethod: ${method}`));
}

const make = (...args: string[]) => keys(["new", "--stack", "dev", "--cwd", project, ...args]);
const KEY_LINES = /^ {6}- kty: RSA\n {8}kid: (\S+)\n {8}e: AQAB\n {8}n: [\w-]+\n/gm;

test("the public key joins the stack's file and nothing else of the file changes; the private one is 0600", async () => {
  writeStackFile();
  const odd = "  other:layout: { padded: [not padded] }   # far away\n      # deeper than its place\n\n";
  writeFileSync(join(project, FILE), stackFile().replace("config:\n", `config:\n${odd}`));
  const before = stackFile();
  const out = join(safe, "key.json");
  const made = await make("--out", out, "--kid", "first", "--bits", "3072");
  expect(made).toMatchObject({ code: 0, out: "" });
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const added = [...stackFile().matchAll(KEY_LINES)];
  expect(added.map(([, kid]) => kid)).toEqual(["first"]);
  expect(stackFile().replace(KEY_LINES, "").replace("    jwks:\n", "")).toBe(before);

  const key = z.looseObject({ n: z.string(), d: z.string() }).parse(JSON.parse(readFileSync(out, "utf8")));
  expect(key).toMatchObject({ kty: "RSA", kid: "first", alg: "RS256", use: "sig" });
  expect(Buffer.from(key.n, "base64url")).toHaveLength(3072 / 8);
  expect(stackFile()).toContain(key.n);
  for (const text of [made.said, stackFile()]) expect(text).not.toContain(key.d);
});

test("a folder that is not there is made, for its user alone", async () => {
  writeStackFile();
  const folder = join(safe, "keys", "ai");
  expect(await make("--out", join(folder, "key.json"))).toMatchObject({ code: 0 });
  expect(readdirSync(folder)).toEqual(["key.json"]);
  for (const made of [folder, join(safe, "keys")]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

test("a second key comes after the first, a third is refused, and - keeps standard output for the key", async () => {
  writeStackFile();
  await make("--out", join(safe, "1.json"));
  const second = await make("--out", "-");
  expect(second.code).toBe(0);
  const today = new Date().toISOString().slice(0, 10);
  expect(JSON.parse(second.out)).toMatchObject({ kid: `dev-${today}-2` });
  expect([...stackFile().matchAll(KEY_LINES)].map(([, kid]) => kid)).toEqual([
    `dev-${today}`,
    `dev-${today}-2`,
  ]);
  const before = stackFile();
  const third = await make("--out", join(safe, "3.json"));
  expect(third.code).toBe(1);
  expect(third.said).toContain("npx ai-api-access keys retire --stack dev");
  expect(stackFile()).toBe(before);
  expect(readdirSync(safe)).toEqual(["1.json"]);
});

describe("refused, with nothing written:", () => {
  test.each([
    ["a file in this repository", () => join(repositoryRoot, "docs", "key.json"), "lies in a git repository"],
    ["a file that is there", () => join(safe, "taken.json"), "is there already"],
    ["a folder to be made in one", () => join(safe, "linked", "new", "key.json"), "lies in a git repository"],
    ["a link that leads nowhere", () => join(safe, "dangling"), "is there already"],
    ["a folder behind such a link", () => join(safe, "dangling", "key.json"), "cannot be written"],
    ["a link into a repository", () => join(safe, "linked", "key.json"), "lies in a git repository"],
  ])("%s", async (_, out, words) => {
    writeStackFile();
    writeFileSync(join(safe, "taken.json"), "mine");
    const other = join(safe, "other");
    execFileSync("git", ["init", "--quiet", other]);
    symlinkSync(other, join(safe, "linked"));
    symlinkSync(join(safe, "nowhere"), join(safe, "dangling"));
    const before = stackFile();
    const refused = await make("--out", out());
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(words);
    expect(refused.said).not.toContain("    at ");
    expect(stackFile()).toBe(before);
    expect(readFileSync(join(safe, "taken.json"), "utf8")).toBe("mine");
    expect(existsSync(join(repositoryRoot, "docs", "key.json"))).toBe(false);
    expect(readdirSync(other)).toEqual([".git"]);
  });

  test("an app that has a secret", async () => {
    writeStackFile("client_secret_post");
    const refused = await make("--out", join(safe, "key.json"));
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.said).toContain("tokenEndpointAuthMethod in Pulumi.dev.yaml: got client_secret_post");
    expect(readdirSync(safe)).toEqual([]);
  });

  test("a stack that has no file", async () => {
    const refused = await make("--out", join(safe, "key.json"));
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.said).toContain("there is no Pulumi.dev.yaml");
  });

  test("the only key, to be retired", async () => {
    writeStackFile();
    await make("--out", join(safe, "key.json"), "--kid", "only");
    cpSync(join(project, FILE), join(safe, "before.yaml"));
    const refused = await keys(["retire", "--stack", "dev", "--cwd", project]);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain("has one key (only), and it is in use");
    expect(stackFile()).toBe(readFileSync(join(safe, "before.yaml"), "utf8"));
  });
});
