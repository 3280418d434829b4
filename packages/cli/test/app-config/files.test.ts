/** What becomes of the file: written whole and for its user alone, never over what is newer or another's. */
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadAppConfig } from "../../../../examples/ai-api/app-config.ts";
import { CONFIG, Folder, MASKED, SECRET, without, withoutSecret } from "./command.ts";

const FORMATS = ["env", "json", "k8s", "github"] as const;
const changed = { ...CONFIG, auth0: { ...CONFIG.auth0, audience: "https://changed.example.com" } };

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => {
  folder.remove();
});
const text = () => readFileSync(folder.file("app"), "utf8");

describe.each(FORMATS)("a file of %s", (format) => {
  const write = `--format ${format} --out app --show-secrets`;

  test("is for its user alone, even where it was not, and nothing else is left behind", async () => {
    writeFileSync(folder.file("app"), "", { mode: 0o644 });
    expect((await folder.run(CONFIG, `${write} --force`)).code).toBe(0);
    expect(statSync(folder.file("app")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).sort()).toEqual(["app", "outputs.json"]);
  });

  test("is left alone when it is up to date", async () => {
    await folder.run(CONFIG, write);
    const before = statSync(folder.file("app")).ino;
    const again = await folder.run(CONFIG, write, { at: "2026-02-02T00:00:00Z" });
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining("up to date") });
    expect(statSync(folder.file("app")).ino).toBe(before);
  });

  test("is replaced by newer outputs", async () => {
    await folder.run(CONFIG, write);
    expect((await folder.run(changed, write, { at: "2026-02-02T00:00:00Z" })).code).toBe(0);
    expect(text()).toContain("https://changed.example.com");
  });

  test.each([
    [
      "was written by somebody else",
      "It was not written by this command.",
      () => "AI_API_AUTH0_ISSUER=mine\n",
    ],
    ["was edited", "changed by hand", () => text().replace("my-awesome-company", "my-company")],
    ["is of another stack", "the outputs of stack dev, and these are of stack prod", text],
    [
      "is newer",
      "holds newer outputs (2026-01-01T00:00:00.000Z) than these (2025-12-31T00:00:00.000Z)",
      text,
    ],
  ])("is not replaced when it %s, unless forced", async (why, words, content) => {
    await folder.run(CONFIG, `${write} --stack dev`);
    writeFileSync(folder.file("app"), content());
    const before = text();
    const stack = why === "is of another stack" ? "prod" : "dev";
    const at = { at: why === "is newer" ? "2025-12-31T00:00:00Z" : "2026-02-02T00:00:00Z" };
    const refused = await folder.run(changed, `${write} --stack ${stack}`, at);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(words);
    expect(text()).toBe(before);
    expect((await folder.run(changed, `${write} --stack ${stack} --force`, at)).code).toBe(0);
    expect(text()).toContain("https://changed.example.com");
  });

  test("that holds the secret is not replaced by one without it", async () => {
    await folder.run(CONFIG, write);
    const refused = await folder.run({ ...changed, okta: MASKED.okta }, `--format ${format} --out app`);
    expect(refused).toMatchObject({
      code: 1,
      said: expect.stringContaining("would be lost: add --show-secrets"),
    });
    expect(text()).toContain(SECRET);
  });

  test("tells --check what differs, and never the secret", async () => {
    await folder.run(CONFIG, write);
    expect((await folder.run(CONFIG, `${write} --check`)).code).toBe(0);
    const okta = { ...changed.okta, clientSecret: "AnotherSecretThatNobodyMayRead" };
    const now = { auth0: without(changed.auth0, "clientId"), okta };
    const { code, said } = await folder.run(now, `${write} --check`);
    expect(code).toBe(1);
    const keys =
      format === "json"
        ? ["auth0.audience", "auth0.clientId", "okta.clientSecret"]
        : ["AI_API_AUTH0_AUDIENCE", "AI_API_AUTH0_CLIENT_ID", "AI_API_OKTA_CLIENT_SECRET"];
    expect(said.split("\n").slice(1)).toEqual([
      `  ${keys[0] ?? ""} is https://ai.example.com; the stack has https://changed.example.com`,
      `  ${keys[1] ?? ""} is no output of the stack any more`,
      `  ${keys[2] ?? ""} is another secret`,
    ]);
    expect(text()).toContain(SECRET);
  });

  test("without the secret passes --check, and lacks it with --show-secrets", async () => {
    await folder.run(MASKED, `--format ${format} --out app`);
    expect((await folder.run(MASKED, `--format ${format} --out app --check`)).code).toBe(0);
    const { code, said } = await folder.run(CONFIG, `${write} --check`);
    expect(code).toBe(1);
    expect(said).toMatch(/client_?secret is missing/i);
  });

  test("that is no such thing is not up to date, and does not crash --check", async () => {
    for (const content of ["", "[", "a: &a [*a]", "\0\0", '{"auth0": 1}', "- - -", "null"]) {
      writeFileSync(folder.file("app"), content);
      expect((await folder.run(CONFIG, `${write} --check`)).code).toBe(1);
    }
  });
});

test("a file that is not there is not up to date", async () => {
  expect((await folder.run(MASKED, "--out app --check")).code).toBe(1);
  expect(existsSync(folder.file("app"))).toBe(false);
});

test("a link stays a link", async () => {
  symlinkSync(folder.file("real"), folder.file("app"));
  writeFileSync(folder.file("real"), "");
  await folder.run(MASKED, "--format json --out app --force");
  expect(lstatSync(folder.file("app")).isSymbolicLink()).toBe(true);
  expect(loadAppConfig({ file: folder.file("real") })).toEqual(withoutSecret(CONFIG));
});

test("a folder that is not there is told, and nothing is left behind", async () => {
  const { code, said } = await folder.run(MASKED, "--out missing/app");
  expect(code).toBe(2);
  expect(said).toContain("cannot be written: ");
});

test("variables of other programs in the same file do not make it stale", async () => {
  await folder.run(MASKED, "--out app");
  writeFileSync(folder.file("app"), `${text()}PORT=3000\nAI_API_OTHER=1\n`);
  expect((await folder.run(MASKED, "--out app --check")).code).toBe(0);
});
