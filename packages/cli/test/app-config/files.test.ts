/** What becomes of the file: written whole and for its user alone, and compared with what would be written. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadAppConfig } from "../../../../examples/ai-api/app-config.ts";
import { withoutSecret } from "../../src/app-config/content.ts";
import { CONFIG, SECRET } from "@ai-api-access/testing/app-config.ts";
import { Folder, MASKED } from "./command.ts";

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
    expect((await folder.run(CONFIG, write)).code).toBe(0);
    expect(statSync(folder.file("app")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).sort()).toEqual(["app", "outputs.json"]);
  });

  test("says that it is generated, and of which stack", async () => {
    await folder.run(CONFIG, `${write} --stack acme/dev`);
    expect(text()).toMatch(/generated.*by ai-api-access app-config from the outputs of stack acme\/dev\./i);
  });

  test.each([
    ["was written before", () => text()],
    ["was edited", () => text().replace("my-awesome-company", "my-company")],
    ["is somebody else's", () => "AI_API_AUTH0_ISSUER=mine\n"],
  ])("replaces whatever is there: what %s", async (_, content) => {
    await folder.run(CONFIG, `${write} --stack prod`);
    writeFileSync(folder.file("app"), content());
    const { code, said } = await folder.run(changed, `${write} --stack dev`);
    expect(code).toBe(0);
    expect(said).toContain("app was written.");
    expect(text()).toContain("https://changed.example.com");
    expect(text()).not.toContain("prod");
  });

  test("passes --check until something in it differs; the secret is never shown", async () => {
    await folder.run(CONFIG, write);
    const same = await folder.run(CONFIG, `${write} --check`);
    expect(same).toMatchObject({ code: 0, out: "", said: expect.stringContaining("app is up to date.") });

    const okta = { ...changed.okta, clientSecret: "AnotherSecretThatNobodyMayRead" };
    const { code, said } = await folder.run({ ...changed, okta }, `${write} --check`);
    expect(code).toBe(1);
    const [first, lacking, next, ...more] = said.split("\n");
    expect(first).toContain("app is not up to date:");
    expect(lacking).toMatch(/^ {2}it lacks .*audience.*https:\/\/changed\.example\.com/i);
    expect([next, ...more]).toEqual(["Next: write it again, without --check"]);
    expect(text()).toContain(SECRET);
  });

  test("fails --check for another secret alone, and for a value that is no output any more", async () => {
    await folder.run(CONFIG, write);
    const okta = { ...CONFIG.okta, clientSecret: "AnotherSecretThatNobodyMayRead" };
    const { clientId, ...auth0 } = CONFIG.auth0;
    for (const now of [
      { ...CONFIG, okta },
      { ...CONFIG, auth0 },
    ]) {
      const { code, said } = await folder.run(now, `${write} --check`);
      expect(code).toBe(1);
      expect(said).toContain("another secret, or lines that would not be written now");
      expect(said).not.toMatch(new RegExp(`${SECRET}|AnotherSecret|${clientId ?? ""}`));
    }
  });

  test("without the secret passes --check without it, and lacks it with --show-secrets", async () => {
    await folder.run(MASKED, `--format ${format} --out app`);
    expect((await folder.run(MASKED, `--format ${format} --out app --check`)).code).toBe(0);
    expect((await folder.run(CONFIG, `${write} --check`)).code).toBe(1);
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
  await folder.run(MASKED, "--format json --out app");
  expect(lstatSync(folder.file("app")).isSymbolicLink()).toBe(true);
  expect(loadAppConfig({ file: folder.file("real") })).toEqual(withoutSecret(CONFIG));
});

test("a link that leads nowhere is replaced", async () => {
  symlinkSync(folder.file("nowhere/real"), folder.file("app"));
  expect((await folder.run(MASKED, "--format json --out app")).code).toBe(0);
  expect(loadAppConfig({ file: folder.file("app") })).toEqual(withoutSecret(CONFIG));
});

test.each(["missing/app", "folder"])(
  "where no file can be (%s), it is an error, and nothing is left behind",
  async (out) => {
    mkdirSync(folder.file("folder"));
    const { code, said } = await folder.run(MASKED, `--out ${out}`);
    expect(code).toBe(2);
    expect(said).toContain("cannot be written: ");
    expect(readdirSync(folder.path).sort()).toEqual(["folder", "outputs.json"]);
  },
);
