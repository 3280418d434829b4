/**
 * Claim: the replayer reads what recorders write, in folders as they come; it takes ids, times and secrets for what
 * they are, and finds every other difference.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { reportText } from "../src/replay/report.ts";
import { VENDORS } from "../src/replay/recordings/recording.ts";
import { run } from "../src/replay/run.ts";
import { Targets } from "../src/replay/target.ts";
import { countsOf, interactionsOf, isClean } from "../src/replay/verdict.ts";
import type { Result } from "../src/replay/verdict.ts";
import type { KnownDifference } from "../src/ledger/known-difference.ts";
import { ROLE, cassette, compressedCassette, lifeOfARole } from "./cassettes.ts";
import type { Entry } from "./cassettes.ts";

const start = promisify(execFile);
const targets = new Targets();
let folder: string;
let life: readonly Entry[];

beforeAll(async () => {
  life = await lifeOfARole(await targets.of("auth0"));
});
afterAll(() => targets.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replay-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function replayed(ledger: readonly KnownDifference[] = []): Promise<Result> {
  return run({ folder, vendors: VENDORS }, ledger, targets);
}

/** The life with one entry changed. */
function changed(index: number, change: (entry: Entry) => Partial<Entry>): Entry[] {
  return life.map((entry, place) => (place === index ? { ...entry, ...change(entry) } : entry));
}

function found(result: Result): string[] {
  return interactionsOf(result).flatMap(({ interaction, differences }) =>
    differences.map(({ kind, at }) => `#${String(interaction.index)} ${kind} ${at}`),
  );
}

describe("a folder of recordings", () => {
  test("is read with its folders, in both versions of the format, compressed or not", async () => {
    put("two.yaml", cassette(life));
    put("deep/er/one.yml", cassette(life, 1));
    put("deep/compressed.yaml", compressedCassette(life));
    const result = await replayed();
    expect(result.recordings.map(({ name, judged }) => [name, judged.length])).toEqual([
      ["deep/compressed", 5],
      ["deep/er/one", 5],
      ["two", 5],
    ]);
    expect(found(result)).toEqual([]);
    expect(isClean(result)).toBe(true);
  });

  test("may hold other files, which are left out with a word", async () => {
    put("README.md", "# Recordings");
    put("broken.yaml", "a: [");
    put("settings.yaml", "version: 7\nother: true\n");
    put("elsewhere.yaml", cassette(life).replaceAll("tenant.eu.auth0.com/api/v2", "example.com"));
    put("empty.yaml", "---\nversion: 2\ninteractions: []\n");
    expect((await replayed()).skipped).toEqual([
      { name: "README.md", reason: "not a YAML file" },
      { name: "broken.yaml", reason: "not YAML" },
      { name: "elsewhere.yaml", reason: "no request in it went to Auth0 or Okta" },
      { name: "empty.yaml", reason: "nothing was recorded" },
      { name: "settings.yaml", reason: "not a recording of go-vcr, version 1 or 2" },
    ]);
  });

  test("recognizes the vendor by the host, and by the path where the host is the tenant's own", async () => {
    put("okta/in-the-wrong-folder.yaml", cassette(life));
    put("own-domain.yaml", cassette(life).replaceAll("tenant.eu.auth0.com", "login.example.com"));
    const result = await replayed();
    expect(result.recordings.map(({ vendor }) => vendor)).toEqual(["auth0", "auth0"]);
    expect(found(result)).toEqual([]);
    expect((await run({ folder, vendors: ["okta"] }, [], targets)).recordings).toEqual([]);
  });
});

describe("a difference", () => {
  const inBody = (from: string | RegExp, to: string) => (body: string) => body.replace(from, to);

  test.each([
    ["a value", 1, inBody("Reads", "Writes"), "#1 value description"],
    ["what is missing", 1, inBody("{", '{"more":1,'), "#1 missing more"],
    ["what is more", 1, () => `{"id":"${ROLE}","name":"reader"}`, "#1 extra description"],
    ["a number", 2, inBody('"total":1', '"total":2'), "#2 value total"],
    ["an element", 2, inBody(/\[.*\]/, "[]"), "#2 extra roles[0]"],
    ["an id that stood for something else", 1, inBody(ROLE, "rol_AnotherRole00001"), "#1 value id"],
  ])("is found: %s", async (_what, index, change, difference) => {
    put("changed.yaml", cassette(changed(index, ({ body }) => ({ body: change(body) }))));
    const result = await replayed();
    // Roles may have properties beyond those that the example names.
    expect(found(result)).toContain(difference);
    expect(isClean(result)).toBe(false);
    expect(reportText(result)).toContain("differ");
  });

  test("is found: a status", async () => {
    put("changed.yaml", cassette(changed(0, () => ({ status: 201 }))));
    expect(found(await replayed())).toContain("#0 status 201 200");
  });

  test("that stands in the ledger is reported with its reason and fails nothing", async () => {
    put("changed.yaml", cassette(changed(1, ({ body }) => ({ body: body.replace("Reads", "Writes") }))));
    const entry: KnownDifference = {
      vendor: "auth0",
      witness: "recordings",
      operations: ["get_roles_by_id"],
      kind: "value",
      at: ["description"],
      reason: "The example wants it so.",
    };
    const result = await replayed([entry]);
    expect(countsOf(interactionsOf(result))).toMatchObject({ agrees: 4, known: 1, differs: 0 });
    expect(reportText(result)).toContain("The example wants it so.");
    expect(isClean(result)).toBe(true);
    const elsewhere = await replayed([{ ...entry, recordings: ["another"] }]);
    expect(countsOf(interactionsOf(elsewhere))).toMatchObject({ known: 0, differs: 1 });
  });
});

describe("a recording that begins in a tenant that holds things", () => {
  test("finds them set up, as it shows them", async () => {
    put("later.yaml", cassette(life.slice(1)));
    const result = await replayed();
    expect(found(result)).toEqual([]);
    expect(result.recordings[0]?.setUp.done).toEqual([`role ${ROLE}`]);
  });

  test("is said to need what it does not show", async () => {
    put("blind.yaml", cassette(life.slice(3, 4)));
    const result = await replayed();
    expect(countsOf(interactionsOf(result))).toMatchObject({ agrees: 0, needs: 1, differs: 0 });
    expect(reportText(result)).toContain("1 need what the recorded tenant already held");
  });

  test("is unserved where no local tenant has the operation", async () => {
    const [first] = life;
    if (first === undefined) throw new Error("no entry");
    put("unserved.yaml", cassette([{ ...first, path: "/api/v2/weather" }]));
    const result = await replayed();
    expect(countsOf(interactionsOf(result))).toMatchObject({ unserved: 1 });
    expect(isClean(result)).toBe(false);
  });
});

describe("npx ai-api-access replay", () => {
  const main = join(process.cwd(), "packages/cli/src/main.ts");
  const replay = (...args: string[]) =>
    start(process.execPath, [main, "replay", ...args], { encoding: "utf8" });

  test("ends well when all agree, and badly when something differs", async () => {
    put("good.yaml", cassette(life));
    expect((await replay(folder)).stdout).toMatch(
      /good: all 5 agree[^]*Auth0: 5 interactions: 5 agree \(100.0 %\)/,
    );
    put("bad.yaml", cassette(changed(0, () => ({ status: 201 }))));
    await expect(replay(folder)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("status: expected 201"),
    });
    const { stdout } = await replay(folder, "--only", "good", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ total: { agrees: 5 }, recordings: [{ name: "good" }] });
  });

  test("says what is wrong with a folder that is not there", async () => {
    await expect(replay(join(folder, "nowhere"))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no folder or file"),
    });
  });
});
