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
import { compareHeaders, keptHeaders } from "../src/replay/compare/headers.ts";
import { Ids } from "../src/replay/compare/ids.ts";
import { Times } from "../src/replay/compare/times.ts";
import { reportText } from "../src/replay/report.ts";
import { VENDORS } from "../src/replay/recordings/recording.ts";
import type { Interaction } from "../src/replay/recordings/recording.ts";
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

describe("a time", () => {
  const start = Date.parse("2026-01-01T00:00:00Z");
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
  const path = "/api/v1/groups/00g1234567890123456X";

  test.each([
    ["fresh in both", { created: at(60) }, { created: at(61) }, []],
    ["from before in both", { created: at(-900) }, { created: at(-90_000) }, []],
    ["to come in both", { created: at(9000) }, { created: at(99_000) }, []],
    ["fresh in one", { created: at(60) }, { created: at(-90) }, ["created: now, from before the recording"]],
    ["to come in one", { created: at(60) }, { created: at(900) }, ["created: now, in the future"]],
    [
      "the other way round",
      { created: at(-900), lastUpdated: at(-900) },
      { created: at(-900), lastUpdated: at(-990) },
      ["created: not after lastUpdated, after lastUpdated"],
    ],
  ])("that is %s is judged by how it lies", (_what, expected, got, differences) => {
    const judged = new Times("okta", start).compare(expected, got, "", path, start + 60_000);
    expect(judged.map((one) => `${one.at}: ${one.expected ?? ""}, ${one.got ?? ""}`)).toEqual(differences);
  });

  test("that an operation moves in one and not in the other is found, at any later look at the thing", () => {
    const times = new Times("okta", start);
    const look = (recorded: number, local: number) => {
      const [expected, got] = [recorded, local].map((time) => ({ id: "one", lastUpdated: at(time) }));
      return times.compare(expected ?? {}, got ?? {}, "", path, start + 60_000).map((one) => one.got);
    };
    expect(look(57, 57)).toEqual([]);
    expect(look(60, 57)).toEqual(["unmoved"]);
    expect(look(60, 60)).toEqual(["moved by now"]);
    expect(look(60, 60)).toEqual([]);
  });
});

describe("a header that clients read", () => {
  const path = "/api/v1/groups?limit=2";
  const recorded = (headers: Record<string, string[]>): Interaction => ({
    ...{
      index: 0,
      method: "GET",
      origin: "https://a.okta.com",
      path,
      requestBody: "",
      contentType: undefined,
    },
    ...{ status: 200, responseBody: "[]", responseHeaders: headers },
  });
  const link = (host: string, query: string, rel: string) =>
    `<https://${host}/api/v1/groups?${query}>; rel="${rel}"`;
  const self = (host: string) => link(host, "limit=2", "self");
  const now = 1_800_000_000_000;
  const rates = (limit: string, remaining: string, reset: number) => ({
    "x-rate-limit-limit": [limit],
    "x-rate-limit-remaining": [remaining],
    "x-rate-limit-reset": [String(now / 1000 + reset)],
  });

  test.each<[string, Record<string, string[]>, Record<string, string[]>, string[]]>([
    ["the same", { link: [self("a.okta.com")] }, { link: [self("localhost:1")] }, []],
    ["a header that is not there", { etag: ['W/"1"'] }, {}, ["etag"]],
    [
      "another address",
      { location: ["https://a.okta.com/a"] },
      { location: ["https://localhost:1/b"] },
      ["location.address"],
    ],
    [
      "a link to a page that is not there",
      { link: [self("a.okta.com"), link("a.okta.com", "after=1&limit=2", "next")] },
      { link: [self("localhost:1")] },
      ["link.next"],
    ],
    [
      "another parameter",
      { link: [self("a.okta.com")] },
      { link: [link("localhost:1", "limit=3", "self")] },
      ["link.self.query.limit"],
    ],
    ["other limits of the same form", rates("600", "599", 40), rates("100", "7", 60), []],
    ["more left than there is", rates("600", "599", 40), rates("100", "100", 60), ["rate limit: remaining"]],
    [
      "a limit that never begins afresh",
      rates("600", "599", 40),
      rates("100", "9", 90_000),
      ["rate limit: reset"],
    ],
  ])("is compared: %s", (_what, expected, got, places) => {
    const interaction = recorded(expected);
    const kept = keptHeaders([interaction]);
    const ids = new Ids([["https://a.okta.com", "https://localhost:1"]]);
    const setting = { vendor: "okta" as const, ids, sent: new Set<string>() };
    const differences = compareHeaders(
      interaction,
      { status: 200, body: "[]", headers: got },
      kept,
      setting,
      now,
    );
    expect(differences.map(({ kind, at }) => `${kind} ${at}`)).toEqual(places.map((at) => `header ${at}`));
  });

  test("is not missed where the recorder kept none of its kind", () => {
    const setting = { vendor: "okta" as const, ids: new Ids([]), sent: new Set<string>() };
    const answer = { status: 200, body: "[]", headers: { link: [self("a.okta.com")] } };
    expect(compareHeaders(recorded({}), answer, keptHeaders([recorded({})]), setting, now)).toEqual([]);
  });
});

describe("a recording that begins in a tenant that holds things", () => {
  test("finds them set up, as it shows them, and the report counts apart what only echoes them", async () => {
    put("later.yaml", cassette(life.slice(1)));
    const result = await replayed();
    expect(found(result)).toEqual([]);
    expect(result.recordings[0]?.setUp.done).toEqual([`role ${ROLE}`]);
    expect(interactionsOf(result).map(({ echo }) => echo)).toEqual([true, true, false, false]);
    expect(reportText(result)).toMatch(
      /without the 2 that show what the set-up took from the recording: 2 interactions/,
    );
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
